/** What a measure sees and what it returns. Everything is in data units; nothing here knows nets or training. */
import type { Dataset } from '../datasets/dataset.ts';
import type { Random } from '../random/stream.ts';

/** Row-major points `[count, dim]`. */
export interface Points {
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
}

/** One model's outputs on one set of evaluation draws. */
export interface Evidence {
  readonly dataset: Dataset;
  /** Fresh examples of the data, as many as the generated ones. */
  readonly real: Points;
  /** G(z). Absent where the experiment trains no generator. */
  readonly generated?: Points;
  /** The latents z that `generated` was made from, and the prior's bounds or law. */
  readonly latents: Points;
  /** E(x) of `real`. Absent where the method has no encoder. */
  readonly encoded?: Points;
  /** G(E(x)) of `real`. */
  readonly reconstructed?: Points;
  /** E(G(z)) of `latents`. */
  readonly reencoded?: Points;
  /** The prior's cumulative distribution in one dimension (all dimensions are independent and alike). */
  readonly priorCdf: (z: number) => number;
  /** Draws a measure may need (projections): the same for every method and step of a seed. */
  readonly random: () => Random;
}

/** Named values; `NaN` marks one that is not defined here (the σ ratio of a mode without samples, say). */
export type Values = Record<string, number>;

export type Measure = (evidence: Evidence) => Values;
