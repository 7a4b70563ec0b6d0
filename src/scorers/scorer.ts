/** Scorer of examples: features of each, and class probabilities where it has classes. */

import { countText } from '../base/number-words.ts';
import type { Points } from '../base/points.ts';
import type { Labels } from '../datasets/dataset.ts';
import type { ScorerOutput } from '../metrics/evaluation-inputs.ts';

export interface Scorer {
  /** One line that is shown with every score: what the scorer is, its accuracy, how it resizes pictures. */
  readonly description: string;
  /** SHA-256 (hex) of its weights and settings: scores of different scorers are not comparable. */
  readonly hash: string;
  /** Numbers in the features of an example. */
  readonly features: number;
  /** Whose features they are, to name distances in them by. */
  readonly of?: string;
  /** The labels that its probabilities are of; absent where its classes are unnamed (ImageNet's). */
  readonly labels?: Labels;
  /** @param examples in data units, each of `shape`. */
  judge(examples: Points, shape: readonly number[]): Promise<ScorerOutput>;
  dispose(): Promise<void>;
}

/** Said where a Fréchet distance would be of fewer examples than features. */
export const fewerThanFeatures = (count: number, { features }: Pick<Scorer, 'features'>): string =>
  `Fréchet distance: ${countText(count)} pictures in ${countText(features)} features: fewer than dimensions leave the covariance singular, and the figure far too large`;
