/** Kernel distance between a scorer's features of samples and of data. */

import { countText } from '../base/number-words.ts';
import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { kernelDistance, subsetsUsed } from './scores/kernel-distance.ts';

const realKernel = memo<number>();

/**
 * Squared maximum mean discrepancy of the scorer's features under the kernel k(x, y) = (x·y/d + 1)³, d features, over `subsets`
 * pairs of random subsets of `size` examples.
 *
 * - `kid`: the mean over the subsets. The estimator is unbiased, so that figures of different counts compare; below 0 by
 *   chance where both sets are of one distribution. Not multiplied by 1,000, as some tables have it.
 * - `kidStd`: standard deviation over the subsets, of the population (NumPy's default), not the error of the mean; NaN for one subset.
 * - `kidReal`: `kid` of the second real sample in the samples' place.
 *
 * It is KID only with Inception's published network as scorer.
 */
export function kernelValues(
  { scored, random }: EvaluationInputs,
  options: { readonly subsets: number; readonly size: number },
): Values {
  if (scored === undefined) return {};
  const { real, secondReal, generated } = scored;
  const setting = `${options.subsets} of ${options.size}`;
  const distanceTo = ({ features }: ScorerOutput) => kernelDistance(real.features, features, options, random());
  const score = generated && distanceTo(generated);
  return {
    ...(score && { kid: score.mean, kidStd: score.std }),
    ...(secondReal && { kidReal: realKernel(real, setting, () => distanceTo(secondReal).mean) }),
  };
}

/** The distance in the features of whatever scorer there is. */
export const kernel = defineMetric({
  kind: 'kernel',
  description: 'kernel distance of the same features, unbiased',
  source: 'Bińkowski et al. 2018, Demystifying MMD GANs (KID)',
  settings: { subsets: count, size: count },
  columns: [
    {
      name: 'kid',
      title: 'kernel distance',
      unit: 'number',
      digits: 4,
      better: 'less',
      place: 180,
      terminal: { head: ['kernel', 'distance'], rank: 5.2 },
      real: true,
    },
    { name: 'kidStd', title: 'kernel distance, σ of subsets', unit: 'number', digits: 4 },
  ],
  needs: ['scorer'],
  conditions: (settings, samples) => {
    const { subsets, size } = subsetsUsed(settings, samples, samples);
    return subsets === 1
      ? `kernel distance of all ${countText(size)}`
      : `kernel distance over ${subsets} subsets of ${countText(size)}`;
  },
  compute: kernelValues,
});
