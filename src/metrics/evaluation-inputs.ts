/** What a metric computes from, and what it returns. Everything is in data units; nothing here knows networks or training. */

import type { Points } from '../base/points.ts';
import type { Random } from '../base/random.ts';
import type { Dataset, Labels } from '../datasets/dataset.ts';

/** What a scorer makes of examples. */
export interface ScorerOutput {
  /** `[count, features]`. */
  readonly features: Points;
  /**
   * `[count, …]`: for classes the probabilities of every head's values, one head after another; for attributes the
   * probability of each. Absent where the scorer only extracts features.
   */
  readonly probabilities?: Points;
  /** Whether it sees nothing in pictures that are not of the data: its probabilities say so by themselves. */
  readonly refuses?: true;
  /** Where outputs were no probabilities: they stand as NaN, and this line says what is wrong. */
  readonly impossible?: { readonly says: string };
}

/** Examples as the experiment's scorer sees them. */
export interface ScorerOutputs {
  /** What its probabilities are of; absent for a scorer with classes of its own (ImageNet's). */
  readonly labels?: Labels;
  /** Of `EvaluationInputs.real`. */
  readonly real: ScorerOutput;
  /** Of `EvaluationInputs.secondReal`. */
  readonly secondReal?: ScorerOutput;
  readonly generated?: ScorerOutput;
  readonly reconstructed?: ScorerOutput;
}

/** One model's outputs on one set of evaluation draws. */
export interface EvaluationInputs {
  readonly dataset: Dataset;
  /** Fresh examples of the data, as many as the generated ones. */
  readonly real: Points;
  /** As many further examples of the data, for what real data scores against real data; only for pictures. */
  readonly secondReal?: Points;
  /** Where the experiment has a scorer. `real` and `secondReal` are the same objects at every evaluation of trials of one seed. */
  readonly scored?: ScorerOutputs;
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
  /** Draws a metric may need (projections): the same for every method and step of a seed. */
  readonly random: () => Random;
}

/** Named values; `NaN` marks one that is not defined here (the σ ratio of a mode without samples, say). */
export type Values = Record<string, number>;
