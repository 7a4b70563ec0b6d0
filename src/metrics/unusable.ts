/** Counts what a scorer made nothing of: pictures whose features or probabilities are not finite, or are no probabilities. */
import { type Points, pointAt } from '../base/points.ts';
import type { ScorerOutput } from './evaluation-inputs.ts';

/** The sides of an evaluation that a scorer judges, in words. */
export const judgedSides = {
  generated: 'samples',
  real: 'real pictures',
  realAgainstReal: 'further real pictures',
} as const;
export type JudgedSide = keyof typeof judgedSides;

// The keys of the list are the sides.
export const judgedSideNames = Object.keys(judgedSides) as readonly JudgedSide[];

export interface Unusable {
  /** Pictures with any of the following. */
  readonly pictures: number;
  /** With a feature that is not finite. */
  readonly features: number;
  /** With a probability that is not finite, or none: negative, or not adding up to 1. */
  readonly probabilities: number;
}

/** None of `output` where there is none. */
export function unusable(output: ScorerOutput | undefined): Unusable {
  const count = { pictures: 0, features: 0, probabilities: 0 };
  if (output === undefined) return count;
  const { features, probabilities } = output;
  for (let picture = 0; picture < features.count; picture++) {
    const [unread, unsure] = [
      isBroken(features, picture),
      probabilities !== undefined && isBroken(probabilities, picture),
    ];
    count.features += Number(unread);
    count.probabilities += Number(unsure);
    count.pictures += Number(unread || unsure);
  }
  return count;
}

const isBroken = (points: Points, picture: number): boolean => !pointAt(points, picture).every(Number.isFinite);
