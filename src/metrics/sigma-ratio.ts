/** How wide the captured modes are against the true ones: below 1 the generator is too narrow, above 1 too wide. */

import type { Points } from '../base/points.ts';
import type { Modes } from '../datasets/dataset.ts';
import {
  highQualityBound,
  highQualityCeiling,
  modeUnit,
  type NearestModes,
  offsetFrom,
} from './numerics/nearest-modes.ts';

/**
 * Mean, over the modes with at least two high-quality points, of s/σ. s² is the unbiased variance of a mode's
 * high-quality points about their own mean, averaged over the dimensions, and corrected twice so that a perfect sampler
 * gives 1:
 *
 * - for the cut at 3σ, which leaves a Gaussian a variance of P(χ²(d+2) ≤ 9)/P(χ²(d) ≤ 9) · σ² a dimension;
 * - for the square root of few values: E s ≈ σ·(1 − 1/4ν + 1/32ν²) with ν = d·(n − 1) degrees of freedom.
 *
 * Modes with a σ or covariance of their own are measured in it: s² is the variance of L⁻¹(x − centre), and σ is 1.
 *
 * Because of the cut the ratio saturates: points spread evenly over the 3σ disc give 1.54. NaN where no mode has two
 * high-quality points. Modes that overlap within 3σ cut each other further, for which nothing is corrected.
 */
export function sigmaRatio(points: Points, nearest: NearestModes, modes: Modes): number {
  const { dim } = modes;
  const { counts, sums, squares } = moments(points, nearest, modes);
  const keptVariance = highQualityCeiling(dim + 2) / highQualityCeiling(dim);
  let total = 0;
  let measured = 0;
  for (let m = 0; m < modes.count; m++) {
    const n = counts[m] as number;
    if (n < 2) continue;
    let scatter = squares[m] as number;
    for (let d = 0; d < dim; d++) scatter -= (sums[m * dim + d] as number) ** 2 / n;
    const freedom = dim * (n - 1);
    const variance = Math.max(0, scatter) / freedom / keptVariance;
    total += Math.sqrt(variance) / (1 - 1 / (4 * freedom) + 1 / (32 * freedom ** 2));
    measured++;
  }
  return measured === 0 ? Number.NaN : total / measured / modeUnit(modes);
}

/** Counts, sums and sums of squares of each mode's high-quality points, about its centre (so that nothing cancels). */
function moments(points: Points, nearest: NearestModes, modes: Modes) {
  const { dim } = modes;
  const bound = highQualityBound(modes);
  const counts = new Int32Array(modes.count);
  const sums = new Float64Array(modes.count * dim);
  const squares = new Float64Array(modes.count);
  const offset = new Float64Array(dim);
  for (let i = 0; i < points.count; i++) {
    const squared = nearest.squaredDistance[i] as number;
    if (squared > bound) continue;
    const m = nearest.index[i] as number;
    counts[m] = (counts[m] as number) + 1;
    squares[m] = (squares[m] as number) + squared;
    offsetFrom(modes, m, points.values, i * dim, offset);
    for (let d = 0; d < dim; d++) sums[m * dim + d] = (sums[m * dim + d] as number) + (offset[d] as number);
  }
  return { counts, sums, squares };
}
