/** Scorer of examples: features of each, and class probabilities where it has classes. */

import type { Points } from '../base/points.ts';
import type { Labels } from '../datasets/dataset.ts';
import type { ScorerOutput } from '../metrics/evaluation-inputs.ts';

export interface Scorer {
  /** One line that stands beside every score: what it is, how good, what it does to a picture first. */
  readonly description: string;
  /** SHA-256 (hex) of what it computes with: scores of different scorers do not compare. */
  readonly hash: string;
  /** What its probabilities are of; absent where it has classes of its own. */
  readonly labels?: Labels;
  /** @param examples in data units, each of `shape`. */
  judge(examples: Points, shape: readonly number[]): Promise<ScorerOutput>;
  dispose(): Promise<void>;
}
