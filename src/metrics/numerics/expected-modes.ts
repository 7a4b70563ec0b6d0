/** When a mode counts as captured, and how many a perfect sampler is expected to capture with so many samples. */
import type { Modes } from '../../datasets/dataset.ts';
import { highQualityCeiling } from './nearest-modes.ts';

/** A mode is well captured from this share of the samples that it should get. */
const wellCapturedShare = 0.25;
/** A count that equals the bound must pass whatever the rounding of the weight. */
const leeway = 1 - 1e-9;

/** Whether so many high-quality samples of all `samples` capture a mode of that weight well. */
export const isWellCaptured = (count: number, samples: number, weight: number): boolean =>
  count > 0 && count >= wellCapturedShare * weight * samples * leeway;

/** Modes of less than the mean weight; none where all are equal. */
export const minorModes = ({ weights, count }: Pick<Modes, 'weights' | 'count'>): number[] =>
  Array.from(weights.keys()).filter((mode) => (weights[mode] as number) * count < leeway);

/** A count of modes that a perfect sampler may fall short of. */
export type ModesCounted = 'captured' | 'well-captured' | 'captured-minor' | 'well-captured-minor';

/**
 * The expected count where `samples` are drawn from the data themselves: the sum over modes of the probability that the
 * binomial number of its samples within 3σ reaches the bound.
 */
export function expectedModes(
  modes: Pick<Modes, 'weights' | 'count' | 'dim'>,
  samples: number,
  counted: ModesCounted,
): number {
  const inMode = highQualityCeiling(modes.dim);
  const counts = counted.endsWith('minor') ? minorModes(modes) : Array.from(modes.weights.keys());
  return counts.reduce((sum, mode) => {
    const weight = modes.weights[mode] as number;
    const least = counted.startsWith('well')
      ? Math.max(1, Math.ceil(wellCapturedShare * weight * samples * leeway))
      : 1;
    return sum + 1 - binomialBelow(least, samples, weight * inMode);
  }, 0);
}

/** P(X < bound) of a binomial X of `trials` draws. */
function binomialBelow(bound: number, trials: number, probability: number): number {
  if (probability >= 1) return bound > trials ? 1 : 0;
  let logTerm = trials * Math.log(1 - probability);
  let sum = Math.exp(logTerm);
  for (let k = 1; k < Math.min(bound, trials + 1); k++) {
    logTerm += Math.log((((trials - k + 1) / k) * probability) / (1 - probability));
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
