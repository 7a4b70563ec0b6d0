/**
 * The space that a search draws a method's settings from: what the method says of its own, what the experiment declares, what
 * the command line says; later ones win. Paths that a method lacks are not its own to draw.
 */
import { brief } from '../../base/format-issue.ts';
import { drawnShare } from '../../base/random.ts';
import { representable } from '../../base/representable.ts';
import { UsageError } from '../../base/usage-error.ts';
import { type ResolvedSpec, specSchema } from '../../catalogue/spec.ts';
import { leavesOf } from '../../schema/paths.ts';
import { type Range, type SearchSpace, valueTextAt } from '../../schema/range.ts';
import type { Experiment } from '../define.ts';
import { type Override, parsePath, splitOutsideBrackets, unknownPath } from '../overrides.ts';
import { nameOf, resolveTrial } from '../resolve.ts';

/** Ranges in the order of their paths, so that it does not matter who said them first. */
export type MethodSpace = ReadonlyMap<string, Range>;

/**
 * The space of a method's specs.
 *
 * @param spec the method's, as it is before anything is drawn.
 * @param typed what the command line says.
 * @param fixed paths that have their value from elsewhere.
 */
export function spaceOf(
  { catalogue, search = {} }: Experiment,
  spec: ResolvedSpec,
  typed: SearchSpace,
  fixed: readonly string[],
): MethodSpace {
  const leaves = leavesOf(spec, specSchema(catalogue, spec.method));
  const whole = Object.entries({ ...catalogue.method(spec.method).search, ...search, ...typed });
  const own = whole.filter(([path]) => leaves.has(path) && !fixed.includes(path));
  return new Map(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The settings of a method's draw, which depend on these four alone. */
export const drawFrom = (space: MethodSpace, seed: number, method: string, draw: number): Override[] =>
  [...space].map(([path, range]) => ({ path, text: valueTextAt(range, drawnShare(seed, method, draw, path)) }));

/** Throws UsageError where a declared path is none of any declared method, or an end of its range makes no sense. */
export function checkSpace(experiment: Experiment): void {
  const { search = {}, searchFor, catalogue } = experiment;
  if (Object.keys(search).length === 0 && searchFor === undefined) return;
  const specs = experiment.methods.map((choice) => resolveTrial(experiment, { method: nameOf(choice), seed: 0 }));
  const columns = specs.flatMap(({ measures }) => measures.flatMap((metric) => catalogue.metric(metric).columns));
  const judging = columns.filter(({ better }) => better !== undefined).map(({ name }) => name);
  if (searchFor !== undefined && !judging.includes(searchFor))
    throw new UsageError(`searchFor: expected a column that judges (${judging.join(', ')}), got ${brief(searchFor)}`);
  const known = new Set(specs.flatMap((spec) => [...leavesOf(spec, specSchema(catalogue, spec.method)).keys()]));
  const stranger = Object.keys(search).find((path) => !known.has(path));
  if (stranger !== undefined) throw unknownPath(stranger, known);
  for (const spec of specs) {
    const space = [...spaceOf(experiment, spec, {}, [])];
    for (const share of [0, 1]) {
      const overrides = space.map(([path, range]) => ({ path, text: valueTextAt(range, share) }));
      resolveTrial(experiment, { method: spec.method, seed: 0, overrides });
    }
  }
}

const number = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?`;
const interval = new RegExp(`^(log:)?(${number})\\.\\.(${number})$`, 'i');

/** `path=log:3e-4..5e-3`, `path=0..1` or `path=1,3,5`, each path once. Throws UsageError. */
export function parseSpace(typed: readonly string[]): SearchSpace {
  const ranges = new Map<string, Range>();
  for (const argument of typed) {
    const { path, text } = parsePath(argument, '--search-space', 'training.optimiser.rate=log:3e-4..5e-3');
    if (ranges.has(path)) throw new UsageError(`--search-space: ${path} is given twice`);
    ranges.set(path, parseRange(path, text));
  }
  return Object.fromEntries(ranges);
}

function parseRange(path: string, text: string): Range {
  const [, log, from = '', to = ''] = interval.exec(text) ?? [];
  const [low, high] = [representable(from), representable(to)];
  if (from !== '' && low !== undefined && high !== undefined) {
    const least = log === undefined ? Number.NEGATIVE_INFINITY : 0;
    if (low < high && low > least) return { range: log === undefined ? 'uniform' : 'log-uniform', low, high };
    throw new UsageError(
      `--search-space ${path}: expected a range that goes up${log === undefined ? '' : ' from above 0'}, got ${brief(text)}`,
    );
  }
  const values = text.includes('..') ? undefined : splitOutsideBrackets(text);
  if (values === undefined || values.includes(''))
    throw new UsageError(
      `--search-space ${path}: expected log:low..high, low..high or values between commas, got ${brief(text)}`,
    );
  return { range: 'choice', values };
}
