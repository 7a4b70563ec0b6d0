/** Judges the draws of a random search: which ended, in which order they rank, which setting of each method is the best. Pure. */
import { countText, listed, plural } from '../base/number-words.ts';
import { mean } from '../base/statistics.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { Search, SearchDraw, SearchMethod } from '../store/search-file.ts';
import { byPlace } from './column-info.ts';

/** A draw whose trials have all ended. */
export interface FinishedDraw {
  readonly draw: number;
  /** By path, as `--set` takes them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Means over the search's seeds, by column; NaN where it is not defined on one, or one diverged. */
  readonly values: Readonly<Record<string, number>>;
  readonly diverged: boolean;
  /** The steps after which it was stopped, where it did not train to the end. */
  readonly stopped?: number;
  readonly ids: readonly string[];
}

export interface MethodResult {
  readonly method: string;
  readonly space: SearchMethod['space'];
  /** Draws that count: the first ones, as many of each method. */
  readonly counted: number;
  /** Those, best first. */
  readonly ranked: readonly FinishedDraw[];
  /** Time of all its trials, in seconds: also of those that do not count. */
  readonly seconds: number;
  /** Draws that have ended beyond those that count. */
  readonly beyond: number;
}

/** One result a method, in the order in which `methods` names them. The first column decides; the next ones where it ties. */
export function searchResults(
  search: Search,
  columns: readonly ColumnInfo[],
  methods: readonly string[] = search.methods.map(({ method }) => method),
): MethodResult[] {
  const searched = methods.flatMap((name) => search.methods.find(({ method }) => method === name) ?? []);
  const counted = Math.min(...searched.map((method) => endedAtFirst(search, method)));
  return searched.map((method) => {
    const counting = method.draws.filter(({ draw }) => draw < counted);
    return {
      ...{ method: method.method, space: method.space, counted },
      ranked: counting.map((draw) => finished(search, draw, columns)).sort((a, b) => compareDraws(a, b, columns)),
      seconds: method.draws.flatMap(({ trials }) => trials).reduce((sum, { seconds }) => sum + seconds, 0),
      beyond: method.draws.filter((draw) => hasEnded(search, draw)).length - counting.length,
    };
  });
}

const hasEnded = ({ seeds }: Search, { trials }: SearchDraw): boolean =>
  seeds.every((seed) => trials.some((trial) => trial.seed === seed));

/** Draws from 0 on that have ended, without a gap: others were chosen by who happened to be fast. */
function endedAtFirst(search: Search, { draws }: SearchMethod): number {
  const ended = new Set(draws.filter((draw) => hasEnded(search, draw)).map(({ draw }) => draw));
  let count = 0;
  while (ended.has(count)) count++;
  return count;
}

function finished(
  search: Search,
  { draw, settings, trials: all }: SearchDraw,
  columns: readonly ColumnInfo[],
): FinishedDraw {
  const trials = [...new Map(all.map((trial) => [trial.seed, trial])).values()]; // the longest of each seed
  const values = columns.map(({ name }) => {
    const scores = trials.map(({ status, metrics }) => (status === 'done' ? metrics[name] : undefined) ?? Number.NaN);
    return [name, mean(scores)] as const;
  });
  const ids = trials.map(({ id }) => id);
  const diverged = trials.some(({ status }) => status === 'diverged');
  const steps = Math.min(...trials.map((trial) => trial.steps));
  const isStopped = !diverged && steps < (search.steps ?? 0);
  const found = { draw, settings, values: Object.fromEntries(values), diverged, ids };
  return isStopped ? { ...found, stopped: steps } : found;
}

/**
 * Best first: a draw that was stopped is behind those that were found better and went on; what is not defined is worse than any
 * value; equal ones in the order in which they were drawn.
 */
function compareDraws(a: FinishedDraw, b: FinishedDraw, columns: readonly ColumnInfo[]): number {
  const [until, untilOther] = [lasted(a), lasted(b)];
  if (until !== untilOther) return untilOther > until ? 1 : -1;
  for (const info of columns) {
    const [one, other] = [scoreIn(a, info), scoreIn(b, info)];
    if (one !== other) return other > one ? 1 : -1;
  }
  return a.draw - b.draw;
}

const lasted = ({ diverged, stopped }: FinishedDraw): number => (diverged ? 0 : (stopped ?? Number.POSITIVE_INFINITY));

/**
 * The draws that go on after a rung: of each method the better half, by the columns, without those that diverged.
 *
 * @param rung the draws that took part, by method.
 */
export function betterHalf(
  search: Search,
  columns: readonly ColumnInfo[],
  rung: ReadonlyMap<string, readonly number[]>,
): Map<string, Set<number>> {
  const chosen = search.methods.map(({ method, draws }): [string, Set<number>] => {
    const took = rung.get(method) ?? [];
    const ended = draws.filter((draw) => took.includes(draw.draw) && hasEnded(search, draw));
    const ranked = ended.map((draw) => finished(search, draw, columns)).sort((a, b) => compareDraws(a, b, columns));
    const half = ranked.slice(0, Math.ceil(took.length / 2)).filter(({ diverged }) => !diverged);
    return [method, new Set(half.map(({ draw }) => draw))];
  });
  return new Map(chosen);
}

/** More is better. */
const scoreIn = ({ values }: Pick<FinishedDraw, 'values'>, { name, better }: ColumnInfo): number => {
  const value = values[name] ?? Number.NaN;
  if (Number.isNaN(value)) return Number.NEGATIVE_INFINITY;
  return better === 'less' ? -value : value;
};

/** What a setting without a search would reach; `undefined` where no draw has ended. */
export const medianDraw = ({ ranked }: Pick<MethodResult, 'ranked'>): FinishedDraw | undefined =>
  ranked[Math.floor(ranked.length / 2)];

/** The steps after which successive halving stopped draws, ascending; none where all trained to the end. */
export function stopsIn(results: readonly MethodResult[]): number[] {
  const stops = results.flatMap(({ ranked }) => ranked.flatMap(({ stopped }) => stopped ?? []));
  return [...new Set(stops)].sort((a, b) => a - b);
}

/** One sentence on draws that did not train to the end; none where all did. */
export function stoppedNote(results: readonly MethodResult[]): string[] {
  const draws = results.flatMap(({ ranked }) => ranked);
  const stopped = draws.filter((draw) => draw.stopped !== undefined);
  if (stopped.length === 0) return [];
  const steps = stopsIn(results).map(countText);
  return [
    `${countText(stopped.length)} of all ${plural(draws.length, 'draw')} ended after ${listed(steps)} steps, when others of the method were better (successive halving): they count with what they had reached.`,
  ];
}

/** Draws that capture every mode on every seed; `undefined` where the data has none, or no column counts those that are captured. */
export function keepingAll(
  { ranked }: MethodResult,
  modes: number | undefined,
  columns: readonly ColumnInfo[],
): number | undefined {
  const counting = columns.filter(({ outOf }) => outOf === 'modes' || outOf === 'shown-modes');
  // whatever the search was for: the one that leads tables counts what is captured, others how well
  const [counted] = counting.sort(byPlace);
  if (modes === undefined || counted === undefined) return undefined;
  return ranked.filter(({ values }) => values[counted.name] === modes).length;
}
