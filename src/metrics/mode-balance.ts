/** What becomes of the minor modes of unbalanced data, and how evenly modes are filled. */
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { kullbackLeibler } from './numerics/divergence.ts';
import { isWellCaptured, minorModes } from './numerics/expected-modes.ts';
import { highQualityCeiling, highQualityCounts, nearestModes } from './numerics/nearest-modes.ts';

/**
 * For data with modes; `q` are the shares of all samples that are of high quality and of a mode, `p` its weight.
 *
 * - `minorModesCaptured`: minor modes, those of less than the mean weight, that at least one high-quality sample is nearest to.
 *   It grows with the number of samples, as `modesCaptured` does.
 * - `minorModesWellCaptured`: those of them with q ≥ p/4. Both only where some modes are minor.
 * - `leastShare`: the least q/p over modes: how much of its share the worst mode gets; 0.989 for a perfect sampler of many
 *   samples in the plane, less for one of few.
 * - `modesAndRestKL`: KL(q and the rest ‖ p and the rest), natural log, over the modes and one more bin for all that is of
 *   no mode, whose true mass is that of a Gaussian outside of 3σ. Unlike `reverseKL` it sees what is off the modes, and it is
 *   always defined.
 * - `effectiveModes`: exp of the entropy of the high-quality samples over modes: so many modes, filled evenly, are as even.
 *   A perfect sampler has that of the weights. NaN where no sample is of high quality.
 *
 * It came after specs that list it had been stored, and trains nothing: a trial's identity does not depend on it.
 */
export function modeBalanceValues({ dataset: { modes }, generated }: EvaluationInputs): Values {
  if (modes === undefined || generated === undefined) return {};
  const counts = highQualityCounts(nearestModes(generated, modes), modes);
  const good = counts.reduce((sum, count) => sum + count, 0);
  const inMode = highQualityCeiling(modes.dim);
  const withRest = (shares: ArrayLike<number>, rest: number) => Float64Array.from([...Array.from(shares), rest]);
  const q = Float64Array.from(counts, (count) => count / generated.count);
  const minor = minorModes(modes);
  const countOf = (isKept: (mode: number) => boolean) => minor.filter(isKept).length;
  return {
    ...(minor.length > 0 && {
      minorModesCaptured: countOf((mode) => (counts[mode] as number) > 0),
      minorModesWellCaptured: countOf((mode) =>
        isWellCaptured(counts[mode] as number, generated.count, modes.weights[mode] as number),
      ),
    }),
    leastShare: q.reduce((least, share, mode) => Math.min(least, share / (modes.weights[mode] as number)), 1 / 0),
    modesAndRestKL: kullbackLeibler(
      withRest(q, 1 - good / generated.count),
      withRest(
        modes.weights.map((weight) => weight * inMode),
        1 - inMode,
      ),
    ),
    effectiveModes: good === 0 ? Number.NaN : Math.exp(entropy(counts, good)),
  };
}

/** Of counts that add up to `total`, in nats. */
function entropy(counts: Int32Array, total: number): number {
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log(count / total)), 0);
}

/** Minor modes, the worst mode's share, KL with a bin for the rest, effective number of modes. */
export const modeBalance = defineMetric({
  kind: 'mode-balance',
  description: 'what becomes of the minor modes of unbalanced data, and how evenly modes are filled',
  source: 'Zhong et al. 2019 (MwuGAN), a mode from a quarter of its weight; the effective number is Hill’s of order 1',
  addedLater: true,
  columns: [
    {
      name: 'minorModesCaptured',
      title: 'minor modes captured',
      unit: 'count',
      digits: 1,
      better: 'more',
      outOf: 'minor-modes',
      ceiling: 'captured-minor',
      place: 42,
      terminal: { head: ['minor', 'modes'], rank: 1.2 },
    },
    {
      name: 'minorModesWellCaptured',
      title: 'minor modes well captured',
      unit: 'count',
      digits: 1,
      better: 'more',
      outOf: 'minor-modes',
      ceiling: 'well-captured-minor',
      place: 44,
      terminal: { head: ['minor', 'well'], rank: 1.4 },
    },
    {
      name: 'leastShare',
      title: 'least q/p',
      unit: 'number',
      digits: 2,
      better: 'more',
      place: 46,
      terminal: { head: ['least', 'q/p'], rank: 3.2 },
    },
    {
      name: 'modesAndRestKL',
      title: 'KL with the rest',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 65,
      terminal: false,
    },
    {
      name: 'effectiveModes',
      title: 'effective modes',
      unit: 'number',
      digits: 2,
      better: 'more',
      place: 67,
      terminal: { head: ['effective', 'modes'], rank: 3.4 },
    },
  ],
  needs: ['modes'],
  compute: modeBalanceValues,
});
