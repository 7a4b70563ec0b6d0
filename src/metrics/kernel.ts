/** Kernel distance (KID) between a scorer's features of samples and of data. */

import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { kernelDistance } from './scores/kernel-distance.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realKernel = memo<number>();

/** `kid` and its deviation over subsets: real against generated. */
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

/** KID, in the scorer's features. */
export const kernel = defineMetric({
  kind: 'kernel',
  description: 'kernel distance of the same features, unbiased',
  settings: { subsets: count, size: count },
  columns: [
    {
      name: 'kid',
      title: 'KID',
      unit: 'number',
      digits: 4,
      better: 'less',
      place: 18,
      terminal: { head: ['KID'], rank: 5.2, place: 14 },
      real: true,
    },
    { name: 'kidStd', title: 'KID, σ of subsets', unit: 'number', digits: 4 },
  ],
  needs: ['scorer'],
  conditions: ({ subsets, size }) => `KID over ${subsets} subsets of ${size.toLocaleString('en-GB')}`,
  compute: kernelValues,
});
