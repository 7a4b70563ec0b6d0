/** NDB: the number of statistically different bins, a test for modes that a generator gives too often or too rarely. */

import { areFinite, type Points } from '../../base/points.ts';
import type { Random } from '../../base/random.ts';
import { jensenShannon } from '../numerics/divergence.ts';
import { kMeans, nearestCentres } from '../numerics/k-means.ts';

/** Two-sided 5 % point of the standard normal. */
const critical = 1.959963984540054;

/** Bins of the real points, and how many of those are in each. */
export interface Bins {
  readonly centres: Points;
  /** `[centres.count + 1]`: the last is for points that are not finite. */
  readonly counts: Int32Array;
  readonly total: number;
}

export interface Ndb {
  /** Share of the bins whose part of the fake points differs from their part of the real ones: NDB/K. */
  readonly share: number;
  /** Between the two histograms over bins, natural log. */
  readonly jensenShannon: number;
}

/**
 * Richardson & Weiss 2018, *On GANs and GMMs*: k-means bins of the real points (not whitened), every point in the bin of
 * its nearest centre, and for each bin a two-proportion z-test with pooled variance at the level 0.05. Two samples of one
 * law differ in about 5 % of the bins, somewhat more as the bins are fitted to one of them. Fewer bins where there are
 * fewer distinct real points. NaN for fewer than two points on either side and where a number is not finite.
 */
export function ndb(real: Points, fake: Points, bins: number, random: Random): Ndb {
  return againstBins(binsOf(real, bins, random), fake);
}

export function binsOf(real: Points, bins: number, random: Random): Bins {
  const centres = kMeans(real, bins, random);
  return { centres, counts: histogram(real, centres), total: real.count };
}

export function againstBins({ centres, counts, total }: Bins, fake: Points): Ndb {
  // The last bin is for points that are not finite.
  if (total < 2 || fake.count < 2 || counts.at(-1) !== 0 || !areFinite(fake))
    return { share: Number.NaN, jensenShannon: Number.NaN };
  const theirs = histogram(fake, centres);
  let different = 0;
  for (let bin = 0; bin < centres.count; bin++)
    if (Math.abs(proportionZ(counts[bin] as number, total, theirs[bin] as number, fake.count)) > critical) different++;
  const shares = (of: Int32Array, sum: number) => Float64Array.from(of, (count) => count / sum);
  return {
    share: different / centres.count,
    jensenShannon: jensenShannon(shares(counts, total), shares(theirs, fake.count)),
  };
}

/** z of `a` of `totalA` against `b` of `totalB`, variance pooled; 0 where neither or both take in everything. */
export function proportionZ(a: number, totalA: number, b: number, totalB: number): number {
  const pooled = (a + b) / (totalA + totalB);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / totalA + 1 / totalB));
  return error === 0 ? 0 : (a / totalA - b / totalB) / error;
}

function histogram(points: Points, centres: Points): Int32Array {
  const counts = new Int32Array(centres.count + 1);
  for (const centre of nearestCentres(points, centres).index) {
    const bin = centre < 0 ? centres.count : centre;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
