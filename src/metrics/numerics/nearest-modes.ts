/** Which mode each point belongs to, and the 3σ rule for how well: shared by metrics, reports and samples.csv. */

import type { Points } from '../../base/points.ts';
import type { Modes } from '../../datasets/dataset.ts';
import { normalCdf } from '../../priors/normal-cdf.ts';

/** A point is of high quality within this many σ (Euclidean) of its nearest centre (VEEGAN; PacGAN). */
export const highQualityRadius = 3;

export interface NearestModes {
  /** Index of the nearest centre, the first of equals; −1 for a point that is not finite. */
  readonly index: Int32Array;
  /** Squared Euclidean distance to it, data units; Infinity for a point that is not finite. */
  readonly squaredDistance: Float64Array;
}

/** The nearest mode of every point. */
export function nearestModes(points: Points, modes: Modes): NearestModes {
  const { values, count, dim } = points;
  const { centres, count: modeCount } = modes;
  if (dim !== modes.dim)
    throw new Error(`internal: nearestModes got points of ${dim} and modes of ${modes.dim} dimensions`);
  const index = new Int32Array(count).fill(-1);
  const squaredDistance = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < count; i++) {
    let best = Number.POSITIVE_INFINITY;
    let bestMode = -1;
    for (let m = 0; m < modeCount; m++) {
      let squared = 0;
      for (let d = 0; d < dim; d++) {
        const offset = (values[i * dim + d] as number) - (centres[m * dim + d] as number);
        squared += offset * offset;
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
  return { index, squaredDistance };
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

/** Largest squared distance of a high-quality point from its centre, data units squared. */
export function highQualityBound(modes: Modes): number {
  return (highQualityRadius * modes.std) ** 2;
}

/**
 * Share of high-quality points that a perfect sampler reaches: P(‖x‖ ≤ 3σ) of an isotropic Gaussian in `dim` dimensions.
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
