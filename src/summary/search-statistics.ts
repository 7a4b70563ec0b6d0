/**
 * What a random search says of a method beyond its best draw: what the best of k draws is expected to reach, with how much
 * doubt, and which settings its draws' order goes with. Pure.
 */

import { groupBy } from '../base/collections.ts';
import { shuffle, stream } from '../base/random.ts';
import { type Interval, mean, midRank, quantile } from '../base/statistics.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { FinishedDraw } from './search-results.ts';
import { bootstrap } from './statistics.ts';

/**
 * The expected value of the best of k draws with replacement from n draws, for k = 1 … n (Dodge et al. 2019, *Show Your Work*,
 * equation 8): the i-th of the draws in ascending order is the best with probability (i/n)^k − ((i−1)/n)^k.
 *
 * @param ascending values of the draws, the worst draw's first.
 */
export function expectedBest(ascending: readonly number[]): number[] {
  return weightsOf(ascending.length).map((weights) =>
    weights.reduce((sum, weight, i) => sum + weight * (ascending[i] ?? 0), 0),
  );
}

const knownWeights = new Map<number, readonly (readonly number[])[]>();

/** For k = 1 … n: how likely the i-th of n draws is the best of k. */
function weightsOf(n: number): readonly (readonly number[])[] {
  const known =
    knownWeights.get(n) ??
    Array.from({ length: n }, (_, at) =>
      Array.from({ length: n }, (__, i) => ((i + 1) / n) ** (at + 1) - (i / n) ** (at + 1)),
    );
  knownWeights.set(n, known);
  return known;
}

export interface BestCurve extends Interval {
  readonly draws: number;
  readonly expected: number;
}

/**
 * `expectedBest` of a column, the best draw being the best by all columns; with a percentile interval from draws that are drawn
 * again. What is not defined counts as nothing, 0.
 *
 * @param ranked best first.
 */
export function bestCurve(ranked: readonly Pick<FinishedDraw, 'values'>[], { name }: ColumnInfo): BestCurve[] {
  const n = ranked.length;
  // Worst first, so that places ascend with the rank.
  const values = ranked
    .map((draw) => draw.values[name] ?? 0)
    .map((value) => (Number.isNaN(value) ? 0 : value))
    .reverse();
  const random = stream(bootstrap.seed, 'bootstrap');
  const again = Array.from({ length: bootstrap.resamples }, () => {
    const places = values.map(() => random.below(n)).sort((a, b) => a - b);
    return expectedBest(places.map((place) => values[place] ?? 0));
  });
  const tail = (1 - bootstrap.confidence) / 2;
  return expectedBest(values).map((expected, at) => {
    const found = Float64Array.from(again, (curve) => curve[at] ?? 0).sort();
    return { draws: at + 1, expected, low: quantile(found, tail), high: quantile(found, 1 - tail) };
  });
}

export interface Importance {
  readonly path: string;
  /** Share of the variance of the draws' ranks that lies between bins of the setting (η²), 0 to 1. */
  readonly share: number;
  /** What that is on average where the setting does nothing: (bins − 1) / (draws − 1). */
  readonly byChance: number;
  /** Share of random orders of the draws that give as much. */
  readonly p: number;
  /** Spearman's correlation of the setting with the draw's place, more being better; NaN where values are no numbers. */
  readonly correlation: number;
}

/** Bins of a setting with more different values: equally many draws in each. */
const mostBins = 4;
const bins = 3;
const orders = 2_000;

/**
 * How far the order of the draws goes with each setting. A correlation among few draws of what happened to be drawn: where two
 * settings were drawn alike, both show it. Settings of one value are left out.
 *
 * @param ranked best first; four at least.
 */
export function importances(ranked: readonly Pick<FinishedDraw, 'settings'>[]): Importance[] {
  if (ranked.length < 4) return [];
  const paths = [...new Set(ranked.flatMap(({ settings }) => Object.keys(settings)))].sort();
  const places = ranked.map((_, at) => ranked.length - at);
  return paths.flatMap((path) => {
    const texts = ranked.map(({ settings }) => settings[path] ?? '');
    const binned = binsOf(texts);
    const groups = [...groupBy(binned.keys(), (at) => binned[at]).values()];
    const count = groups.length;
    if (count < 2) return [];
    const share = shareBetween(groups, places);
    const random = stream(bootstrap.seed, 'bootstrap');
    let asMuch = 0;
    const order = [...places];
    for (let one = 0; one < orders; one++) {
      shuffle(order, random);
      if (shareBetween(groups, order) >= share - 1e-12) asMuch++;
    }
    const byChance = (count - 1) / (ranked.length - 1);
    return [
      { path, share, byChance, p: (asMuch + 1) / (orders + 1), correlation: spearman(texts.map(Number), places) },
    ];
  });
}

/** Which bin each value is in: itself where there are few, else a quantile's. */
function binsOf(texts: readonly string[]): readonly (string | number)[] {
  if (new Set(texts).size <= mostBins) return texts;
  const values = texts.map(Number);
  if (values.some(Number.isNaN)) return texts;
  return averageRanks(values).map((rank) => Math.min(bins - 1, Math.floor((bins * (rank - 0.5)) / values.length)));
}

/** @param groups which of the values are in each bin. */
function shareBetween(groups: readonly (readonly number[])[], values: readonly number[]): number {
  const centre = mean(values);
  const total = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const between = groups.reduce((sum, own) => {
    const apart = mean(own.map((at) => values[at] ?? 0)) - centre;
    return sum + own.length * apart ** 2;
  }, 0);
  return between / total;
}

function spearman(values: readonly number[], others: readonly number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const [a, b] = [averageRanks(values), averageRanks(others)];
  const centre = (values.length + 1) / 2;
  const product = (some: readonly number[], more: readonly number[]) =>
    some.reduce((sum, value, at) => sum + (value - centre) * ((more[at] ?? 0) - centre), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

/** From 1, ascending; equal values share the mean of their places. */
const averageRanks = (values: readonly number[]): number[] =>
  values.map((value) => midRank(value, values, (a, b) => a - b));
