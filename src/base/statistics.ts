/**
 * Statistics over seeds, by the conventions of rliable (Agarwal et al. 2021, *Deep RL at the Edge of the Statistical
 * Precipice*). A group holds the scores of one experiment's runs; groups are resampled separately. Diverged runs are the
 * caller's to handle: NaN in gives NaN out.
 */
import { type Random, stream } from './random.ts';

type Scores = readonly number[];

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Seed of the stream 'bootstrap'; say it beside the interval. */
  readonly seed?: number;
  readonly resamples?: number;
  /** Mass inside the interval. */
  readonly confidence?: number;
}

/** NaN for no values. */
export function mean(values: Scores): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The place of `own` among `all`, itself among them, in the order that `compare` makes: from 1, the first; equal ones share the
 * mean of their places.
 */
export function midRank<Item>(own: Item, all: readonly Item[], compare: (a: Item, b: Item) => number): number {
  const orders = all.map((other) => compare(other, own));
  const before = orders.filter((order) => order < 0).length;
  const equal = orders.filter((order) => order === 0).length;
  return before + (equal + 1) / 2;
}

/** Standard deviation (n − 1) over √n; NaN for fewer than two values. */
export function standardError(values: Scores): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** NaN for no values. */
export function min(values: Scores): number {
  return values.length === 0 ? Number.NaN : Math.min(...values);
}

/** Mean of what is left when ⌊n/4⌋ values are cut from each end (SciPy's `trim_mean(x, 0.25)`). NaN for no values. */
export function interquartileMean(values: Scores): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const cut = Math.floor(values.length / 4);
  // An array of numbers alone is sorted without a call for each pair: bootstraps do little else.
  const middle = Float64Array.from(values)
    .sort()
    .subarray(cut, values.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/**
 * Percentile bootstrap interval of `statistic` over all scores: runs are drawn with replacement within each group, so
 * that every experiment keeps its share.
 */
export function stratifiedBootstrapInterval(
  groups: readonly Scores[],
  statistic: (scores: Scores) => number = interquartileMean,
  options: BootstrapOptions = {},
): Interval {
  const drawn = groups.flat();
  return bootstrapInterval((random) => {
    let at = 0;
    for (const group of groups) at = resampleInto(drawn, at, group, random);
    return statistic(drawn);
  }, options);
}

/** P(a run of `ours` scores above a run of `theirs`), ties half (Mann–Whitney's U over n·m). Swap them where less is better. */
export function probabilityOfImprovement(ours: Scores, theirs: Scores): number {
  if (ours.some(Number.isNaN) || theirs.some(Number.isNaN)) return Number.NaN;
  const others = Float64Array.from(theirs).sort();
  let [wins, below, upTo] = [0, 0, 0];
  for (const score of Float64Array.from(ours).sort()) {
    while (below < others.length && (others[below] as number) < score) below++;
    while (upTo < others.length && (others[upTo] as number) <= score) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / (ours.length * theirs.length);
}

/** Percentile bootstrap interval of the probability of improvement: both sides' runs are redrawn, each on its own. */
export function probabilityOfImprovementInterval(
  ours: Scores,
  theirs: Scores,
  options: BootstrapOptions = {},
): Interval {
  const [a, b] = [[...ours], [...theirs]];
  return bootstrapInterval((random) => {
    resampleInto(a, 0, ours, random);
    resampleInto(b, 0, theirs, random);
    return probabilityOfImprovement(a, b);
  }, options);
}

export interface PairedDifference extends Interval {
  /** Mean of ours − theirs over the common seeds; NaN for none. */
  readonly mean: number;
  /** Seeds that both have a number for, ascending. */
  readonly seeds: Scores;
}

/**
 * Mean difference on common seeds, with a percentile bootstrap interval over the pairs (which is too narrow for a handful
 * of them: show the seeds too). Both maps go from seed to score; seeds where either lacks a finite score are left out.
 */
export function pairedDifference(
  ours: ReadonlyMap<number, number>,
  theirs: ReadonlyMap<number, number>,
  options: BootstrapOptions = {},
): PairedDifference {
  const pairs: { seed: number; difference: number }[] = [];
  for (const [seed, score] of ours) {
    const difference = score - (theirs.get(seed) ?? Number.NaN);
    if (Number.isFinite(difference)) pairs.push({ seed, difference });
  }
  pairs.sort((a, b) => a.seed - b.seed); // so that the interval does not depend on the order of the maps
  const differences = pairs.map((pair) => pair.difference);
  return {
    mean: mean(differences),
    seeds: pairs.map((pair) => pair.seed),
    ...stratifiedBootstrapInterval([differences], mean, options),
  };
}

/** The central percentiles of a statistic of redrawn runs. */
function bootstrapInterval(
  redraw: (random: Random) => number,
  { seed = 0, resamples = 10_000, confidence = 0.95 }: BootstrapOptions,
): Interval {
  const random = stream(seed, 'bootstrap');
  const draws = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) draws[i] = redraw(random);
  draws.sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(draws, tail), high: quantile(draws, 1 - tail) };
}

/** Fills `drawn` from the place `at` on, and gives the place behind: thousands of lists of their own would cost more than all draws. */
function resampleInto(drawn: number[], at: number, values: Scores, random: Random): number {
  const end = at + values.length;
  for (let place = at; place < end; place++) drawn[place] = values[random.below(values.length)] as number;
  return end;
}

/** Linear between the two nearest ranks (NumPy's default); NaN where any value is (they sort last). */
export function quantile(ascending: Float64Array, share: number): number {
  if (Number.isNaN(ascending.at(-1))) return Number.NaN;
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below] as number;
  return low + (place - below) * ((ascending[below + 1] ?? low) - low);
}
