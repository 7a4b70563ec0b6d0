/** Which mode each point belongs to, and the 3σ rule for how well: shared by metrics, reports and samples.csv. */

import type { Points } from '../../base/points.ts';
import type { Modes } from '../../datasets/dataset.ts';
import { normalCdf } from '../../priors/normal-cdf.ts';

/** A point is of high quality within this many σ (Euclidean; Mahalanobis where modes have shapes) of its nearest centre (VEEGAN; PacGAN). */
export const highQualityRadius = 3;

export interface NearestModes {
  /** Index of the nearest centre, the first of equals; −1 for a point that is not finite. */
  readonly index: Int32Array;
  /** Squared distance to it, in units of `modeUnit`; Infinity for a point that is not finite. */
  readonly squaredDistance: Float64Array;
}

/**
 * What distances from centres are measured in: data units where all modes are isotropic with one σ; where each has a σ or
 * covariance of its own, its σ in the direction of the point (Mahalanobis).
 */
export const modeUnit = ({ std, factors }: Modes): number => (factors === undefined ? std : 1);

/**
 * Offset of a point from a mode's centre, written to `into` `[dim]`: y with L y = x − centre, or x − centre itself for
 * modes of one σ. Its squared length is the point's squared distance.
 */
export function offsetFrom(
  modes: Modes,
  mode: number,
  values: ArrayLike<number>,
  at: number,
  into: Float64Array,
): void {
  const { centres, dim, factors } = modes;
  for (let d = 0; d < dim; d++) {
    let offset = (values[at + d] as number) - (centres[mode * dim + d] as number);
    if (factors !== undefined) {
      const row = (mode * dim + d) * dim;
      for (let e = 0; e < d; e++) offset -= (factors[row + e] as number) * (into[e] as number);
      offset /= factors[row + d] as number;
    }
    into[d] = offset;
  }
}

/** The nearest mode of every point: by Euclidean distance, or by Mahalanobis distance where modes have shapes. */
export function nearestModes(points: Points, modes: Modes): NearestModes {
  const { count, dim } = points;
  if (dim !== modes.dim)
    throw new Error(`internal: nearestModes got points of ${dim} and modes of ${modes.dim} dimensions`);
  const nearest = {
    index: new Int32Array(count).fill(-1),
    squaredDistance: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
  };
  if (modes.factors === undefined) amongAlike(points, modes, nearest);
  else amongShaped(points, modes, nearest);
  return nearest;
}

/** The inner loop of every evaluation: modes of one σ need no offsets in memory. */
function amongAlike({ values, count, dim }: Points, modes: Modes, { index, squaredDistance }: NearestModes): void {
  const { centres, count: modeCount } = modes;
  for (let i = 0; i < count; i++) {
    let best = Number.POSITIVE_INFINITY;
    let bestMode = -1;
    for (let m = 0; m < modeCount; m++) {
      let squared = 0;
      for (let d = 0; d < dim && squared < best; d++) {
        const along = (values[i * dim + d] as number) - (centres[m * dim + d] as number);
        squared += along * along;
      }
      // false for NaN and for infinite distances: such points keep no mode
      if (squared < best) {
        best = squared;
        bestMode = m;
      }
    }
    index[i] = bestMode;
    squaredDistance[i] = best;
  }
}

function amongShaped({ values, count, dim }: Points, modes: Modes, { index, squaredDistance }: NearestModes): void {
  const offset = new Float64Array(dim);
  for (let i = 0; i < count; i++) {
    for (let m = 0; m < modes.count; m++) {
      offsetFrom(modes, m, values, i * dim, offset);
      let squared = 0;
      for (const along of offset) squared += along * along;
      if (squared < (squaredDistance[i] as number)) {
        squaredDistance[i] = squared;
        index[i] = m;
      }
    }
  }
}

/** High-quality points of each mode: those that are nearest to it and within 3σ. `[modes.count]` */
export function highQualityCounts(nearest: NearestModes, modes: Modes): Int32Array {
  const counts = new Int32Array(modes.count);
  const bound = highQualityBound(modes);
  for (let i = 0; i < nearest.index.length; i++) {
    if ((nearest.squaredDistance[i] as number) > bound) continue;
    const mode = nearest.index[i] as number;
    counts[mode] = (counts[mode] as number) + 1;
  }
  return counts;
}

/** Largest squared distance of a high-quality point from its centre, in units of `modeUnit` squared. */
export function highQualityBound(modes: Modes): number {
  return (highQualityRadius * modeUnit(modes)) ** 2;
}

/**
 * Share of high-quality points that a perfect sampler reaches: P(‖x‖ ≤ 3σ) of a Gaussian in `dim` dimensions.
 * 1-D: erf(3/√2) = 0.9973; 2-D: 1 − e^(−4.5) = 0.98889.
 */
export function highQualityCeiling(dim: number): number {
  // P(χ²ₖ₊₂ ≤ r²) = P(χ²ₖ ≤ r²) − (r²/2)^(k/2) e^(−r²/2) / Γ(k/2 + 1), from k = 1 or 2 upwards.
  const half = highQualityRadius ** 2 / 2;
  const odd = dim % 2 === 1;
  let share = odd ? 2 * normalCdf(highQualityRadius) - 1 : 1 - Math.exp(-half);
  let step = odd ? Math.sqrt(half) * Math.exp(-half) * (2 / Math.sqrt(Math.PI)) : half * Math.exp(-half);
  for (let k = odd ? 1 : 2; k < dim; k += 2) {
    share -= step;
    step *= half / (k / 2 + 1);
  }
  return share;
}
