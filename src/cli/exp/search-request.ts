/** Reads `--search` and `--tuned`: what is to be drawn, which settings were found, and that their seeds never meet. */
import { join } from 'node:path';
import { brief } from '../../base/format-issue.ts';
import { plural } from '../../base/number-words.ts';
import { joinWords } from '../../base/shell-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import { isTuned } from '../../catalogue/preset-names.ts';
import { chosenMethods } from '../../experiment/chosen-methods.ts';
import type { Experiment } from '../../experiment/define.ts';
import type { Plan, PlanRequest } from '../../experiment/plan.ts';
import { planSearch, searchName } from '../../experiment/search/plan-search.ts';
import { planTuned, type Tuned } from '../../experiment/search/plan-tuned.ts';
import type { Rung } from '../../experiment/search/planned-search.ts';
import { readSearches, type Search, type SearchFile, sameTexts } from '../../store/search-file.ts';
import { openStore } from '../../store/store.ts';
import { type MethodResult, searchResults } from '../../summary/search-results.ts';
import { fromHere } from '../paths.ts';
import type { ExpArguments } from './options.ts';

type Given = Pick<ExpArguments, 'search' | 'search-seed' | 'search-space' | 'halving' | 'tuned' | 'sweep' | 'lambda'>;

/** Refuses options that do not go together. Throws UsageError. */
export function checkSearch(given: Given): void {
  const { search, tuned, sweep, lambda } = given;
  if (search !== undefined && tuned)
    throw new UsageError('--search looks for settings, --tuned runs those found: name one');
  const swept = sweep !== undefined ? '--sweep' : lambda !== undefined ? '--lambda' : undefined;
  const option = search !== undefined ? '--search' : tuned ? '--tuned' : undefined;
  if (option !== undefined && swept !== undefined)
    throw new UsageError(`${option}: the settings are ${tuned ? 'those of the search' : 'drawn'}; leave ${swept} out`);
  const lost = (['search-seed', 'search-space'] as const).find((name) => given[name] !== undefined);
  if (option === undefined && lost !== undefined)
    throw new UsageError(`--${lost} says how to search: name --search 40 too`);
  if (given.halving === undefined) return;
  if (search === undefined) throw new UsageError('--halving says how to search: name --search 40 too');
  stopsOf(given.halving);
}

/**
 * The plan of a search, or of a rung of it. Throws UsageError, also for seeds on which settings of a search were judged already.
 *
 * @param rung what comes next in successive halving; absent: its first rung.
 */
export async function searchPlan(
  experiment: Experiment,
  request: PlanRequest,
  given: Given,
  store: string,
  rung: Rung | undefined,
): Promise<Plan> {
  const draws = wholeNumber('search', given.search, 0, [1, 10_000], 'a number of draws, such as 40');
  const plan = planSearch(experiment, request, {
    draws,
    seed: seedOf(given) ?? 0,
    space: given['search-space'] ?? [],
    ...(given.halving !== undefined && { rung: rung ?? { stops: stopsOf(given.halving) } }),
  });
  const seeds = plan.search?.seeds ?? [];
  const claims = (await openStore(store, experiment.name).records()).filter(({ preset }) => isTuned(preset));
  const met = claims.find(({ spec }) => seeds.includes(spec.seed));
  if (met !== undefined)
    throw new UsageError(`--search: tuned settings were judged on seed ${met.spec.seed} (${met.id}): name other seeds`);
  return plan;
}

/** The plan of the claim's seeds in the settings that were found. Throws UsageError. */
export function tunedPlan(experiment: Experiment, request: PlanRequest, given: Given, store: string): Plan {
  const folder = join(store, searchName(experiment.name));
  const file = readSearches(folder);
  const search = file && chosenSearch(file, request, given);
  if (file === undefined || search === undefined)
    throw new UsageError(
      `--tuned: ${fromHere(folder)} has no search of ${experiment.name}${settingText(request)}; make one: npm run exp -- ${experiment.name} ${joinWords([...settingWords(request), '--search', '40'])}`,
    );
  const names = search.methods.map(({ method }) => method);
  const asked = request.methods === undefined ? names : chosenMethods(experiment, search.preset, request.methods);
  const unsearched = asked.filter((name) => !names.includes(name));
  if (unsearched.length > 0)
    throw new UsageError(`--tuned: the search has no ${unsearched.join(', ')}; it has ${names.join(', ')}`);
  const results = searchResults(search, file.columns, asked);
  return planTuned(experiment, request, tunedBy(results, search, file));
}

function tunedBy(results: readonly MethodResult[], search: Search, file: SearchFile): Tuned {
  const settings = new Map(
    results.map(({ method, ranked: [best] }) => {
      if (best === undefined)
        throw new UsageError(
          `--tuned: no draw of ${method} is finished for all of ${results.length === 1 ? 'its' : 'the methods’'} seeds; type the search's command again`,
        );
      return [method, Object.entries(best.settings).map(([path, text]) => ({ path, text }))] as const;
    }),
  );
  const counted = results[0]?.counted ?? 0;
  return {
    settings,
    searched: [...new Set(file.searches.flatMap(({ seeds }) => seeds))],
    note: `each method in the best of ${plural(counted, 'draw')} (seeds ${search.seeds.join(', ')})`,
  };
}

/** The search of the same preset and settings. Throws UsageError where there are several. */
function chosenSearch(
  { searches }: SearchFile,
  { preset = 'default', set }: PlanRequest,
  given: Given,
): Search | undefined {
  const seed = seedOf(given);
  const space = given['search-space'];
  const found = searches.filter(
    (one) =>
      one.preset === preset &&
      sameTexts(one.set, set) &&
      (seed === undefined || one.seed === seed) &&
      (space === undefined || sameTexts(one.space, space)),
  );
  if (found.length <= 1) return found[0];
  const words = found.map((one) =>
    joinWords(['--search-seed', String(one.seed), ...one.space.flatMap((text) => ['--search-space', text])]),
  );
  throw new UsageError(`--tuned: there are ${found.length} searches; say which: ${words.join(' or ')}`);
}

/** `500,2000` → 500, 2000: ascending. Throws UsageError. */
function stopsOf(text: string): number[] {
  const expected = 'steps between commas, going up, such as 500,2000';
  const most = Number.MAX_SAFE_INTEGER;
  const stops = text.split(',').map((part) => wholeNumber('halving', part.trim(), 0, [1, most], expected));
  if (stops.some((stop, at) => stop <= (stops[at - 1] ?? 0)))
    throw new UsageError(`--halving: expected ${expected}, got ${brief(text)}`);
  return stops;
}

const seedOf = (given: Given): number | undefined =>
  given['search-seed'] === undefined
    ? undefined
    : wholeNumber('search-seed', given['search-seed'], 0, [0, Number.MAX_SAFE_INTEGER], 'a whole number from 0');

const settingWords = ({ preset, set }: Pick<PlanRequest, 'preset' | 'set'>): string[] => [
  ...(preset === undefined ? [] : ['--preset', preset]),
  ...set.flatMap((text) => ['--set', text]),
];

const settingText = (request: PlanRequest): string => {
  const words = settingWords(request);
  return words.length === 0 ? '' : ` with ${joinWords(words)}`;
};
