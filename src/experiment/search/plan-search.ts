/**
 * From the request for a random search to its trials: the same number of draws for every method, each a variant of the method's
 * spec. They are trials of an experiment of their own, `<name>-search`: nobody takes them for results.
 */
import { countText, listed, plural } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { specHash } from '../../catalogue/identity.ts';
import { hashOf } from '../../schema/identity.ts';
import { rangeText } from '../../schema/range.ts';
import { chosenMethods, undeclaredNote } from '../chosen-methods.ts';
import type { Experiment } from '../define.ts';
import { type Overrides, parseSet } from '../overrides.ts';
import { lackedByAll, type Plan, type PlanRequest, refuseTooMany, trialsOf, type Variant, variantOf } from '../plan.ts';
import { parseSeeds } from '../seeds.ts';
import type { Rung, SearchRequest } from './planned-search.ts';
import { drawFrom, type MethodSpace, parseSpace, spaceOf } from './space.ts';

/** The experiment that a search's trials belong to. */
export const searchName = (experiment: string): string => `${experiment}-search`;

/** Seeds from here on are there to choose settings; claims are made on those below. */
export const firstSearchSeed = 100;

/** Throws UsageError for whatever the request gets wrong. */
export function planSearch(experiment: Experiment, request: PlanRequest, search: SearchRequest): Plan {
  const { draws, seed, rung } = search;
  const seeds = parseSeeds(request.seeds);
  const early = seeds.find((one) => one < firstSearchSeed);
  if (early !== undefined)
    throw new UsageError(
      `--search: seed ${early} is kept for claims; a search takes seeds from ${firstSearchSeed} on (--seeds 100..100 for one, 100,101 for two)`,
    );
  const preset = request.preset ?? 'default';
  const methods = chosenMethods(experiment, preset, request.methods);
  refuseTooMany(draws * methods.length * seeds.length);
  const own = searched(experiment);
  const sets = request.set.map(parseSet);
  const typed = parseSpace(search.space);
  const bases = methods.map((method) => variantOf(own, preset, method, sets));
  const spaces = bases.map(({ spec }) =>
    spaceOf(
      own,
      spec,
      typed,
      sets.map(({ path }) => path),
    ),
  );
  for (const path of [...sets.map((one) => one.path), ...Object.keys(typed)]) {
    const isKnown = bases.some(({ varied }, at) => varied.includes(path) || spaces[at]?.has(path));
    if (!isKnown) throw lackedByAll(path, methods, experiment, preset);
  }
  const empty = methods.filter((_, at) => spaces[at]?.size === 0);
  if (empty.length > 0)
    throw new UsageError(
      `--search: nothing to draw for ${empty.join(', ')}: ${experiment.name} declares no search; say one: --search-space training.optimiser.rate=log:3e-4..5e-3`,
    );
  const steps = new Set(bases.map(({ spec }) => spec.training.steps));
  const drawsSteps = spaces.some((space) => space.has(stepsPath));
  if (rung) checkStops(rung, Math.min(...steps), drawsSteps);
  const [stop] = rung?.stops ?? [];
  const short = stop === undefined ? [] : [{ path: stepsPath, text: String(stop) }];
  const drawn = methods.map((method, at) =>
    drawsIn(rung, method, draws).map((draw) => {
      const settings = drawFrom(spaces[at] ?? new Map(), seed, method, draw);
      return { settings, variant: drawVariant(own, preset, method, draw, [...sets, ...settings, ...short]), draw };
    }),
  );
  // Draw by draw, so that a search that is cut short has as many of each method.
  const inTurn = Array.from({ length: draws }, (_, turn) => drawn.flatMap((one) => one[turn]?.variant ?? []));
  const seeded = inTurn.flatMap((variants) =>
    variants.flatMap((variant) => seeds.map((one) => ({ variant, seed: one }))),
  );
  const trials = trialsOf(seeded, own, { preset, film: request.film });
  const paths = [...new Set(trials.flatMap(({ varied }) => varied))];
  return {
    ...{ experiment: own, preset, varied: paths, trials },
    notes: [
      ...undeclaredNote(experiment, methods),
      `random search: ${plural(draws, 'draw')} of each method, from search seed ${seed}`,
      ...(rung ? [rungNote(rung)] : []),
      ...spaceNotes(methods, spaces),
    ],
    search: {
      ...{ of: experiment.name, preset, set: request.set, space: search.space, seed, seeds },
      ...(steps.size === 1 && !drawsSteps && { steps: Math.min(...steps) }),
      ...(rung && { stops: rung.stops }),
      ...(experiment.searchFor !== undefined && { by: experiment.searchFor }),
      methods: methods.map((method, at) => {
        const space = Object.fromEntries([...(spaces[at] ?? [])].map(([path, range]) => [path, rangeText(range)]));
        return {
          ...{ method, space, base: hashOf([specHash(bases[at]?.spec ?? { method }), space]) },
          draws: (drawn[at] ?? []).map(({ settings, variant: { spec }, draw }) => ({
            draw,
            settings: Object.fromEntries(settings.map(({ path, text }) => [path, text])),
            hashes: seeds.map((one) => specHash({ ...spec, seed: one })),
          })),
        };
      }),
    },
  };
}

const stepsPath = 'training.steps';

/** The draws of a method that take part in a rung, ascending. */
const drawsIn = (rung: Rung | undefined, method: string, draws: number): number[] =>
  Array.from({ length: draws }, (_, draw) => draw).filter((draw) => rung?.draws?.get(method)?.has(draw) ?? true);

/** Throws UsageError where draws could not be stopped there. */
function checkStops({ stops }: Rung, least: number, drawsSteps: boolean): void {
  if (drawsSteps) throw new UsageError(`--halving: ${stepsPath} is drawn; leave one of them out`);
  const late = stops.find((stop) => stop >= least);
  if (late !== undefined)
    throw new UsageError(`--halving: expected steps below the ${countText(least)} that trials train for, got ${late}`);
}

function rungNote({ stops: [stop, ...later] }: Rung): string {
  if (stop === undefined) return 'halving: the draws that are left train to the end';
  const then = later.length === 0 ? '' : `, is halved again at ${listed(later.map(countText))}`;
  return `halving: draws train for ${countText(stop)} steps; the better half of each method goes on${then}`;
}

/** The experiment's data and settings under the search's name: what is expected of settings as declared says nothing of drawn ones. */
function searched({ expects: _, film: __, ...experiment }: Experiment): Experiment {
  const { name } = experiment;
  return { ...experiment, name: searchName(name), claim: `Settings of each method for ${name}, drawn at random.` };
}

/** The ranges of all methods in one line, and a line for each method that has others. */
function spaceNotes(methods: readonly string[], spaces: readonly MethodSpace[]): string[] {
  const texts = spaces.map((space) => [...space].map(([path, range]) => `${path}=${rangeText(range)}`));
  const common = (texts[0] ?? []).filter((text) => texts.every((other) => other.includes(text)));
  const own = methods.map((method, at) => {
    const rest = (texts[at] ?? []).filter((text) => !common.includes(text));
    return rest.length === 0 ? '' : `${method} also from ${rest.join(' ')}`;
  });
  return [...(common.length > 0 ? [`drawn from ${common.join(' ')}`] : []), ...own.filter((line) => line !== '')];
}

/** Throws UsageError where a drawn value makes no sense, and says which draw it was. */
function drawVariant(
  experiment: Experiment,
  preset: string,
  method: string,
  draw: number,
  overrides: Overrides,
): Variant {
  try {
    return variantOf(experiment, preset, method, overrides);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--search: draw ${draw} of ${method}: ${error.message}`, { cause: error });
  }
}
