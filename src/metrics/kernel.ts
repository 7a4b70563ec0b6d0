/** Kernel distance (KID) between a scorer's features of samples and of data. */

import { count } from '../schema/fields.ts';
import type { Evidence, Judgement, Values } from './measure.ts';
import { defineMetric } from './metric-kind.ts';
import { onceFor } from './numerics/memo.ts';
import { kernelDistance } from './scores/kernel-distance.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realKernel = onceFor<number>();

/** `kid` and its deviation over subsets: real against generated. */
export function kernelValues(
  { judged, random }: Evidence,
  options: { readonly subsets: number; readonly size: number },
): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const setting = `${options.subsets} of ${options.size}`;
  const distanceTo = ({ features }: Judgement) => kernelDistance(real.features, features, options, random());
  const score = generated && distanceTo(generated);
  return {
    ...(score && { kid: score.mean, kidStd: score.std }),
    ...(others && { kidReal: realKernel(real, setting, () => distanceTo(others).mean) }),
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
  measure: kernelValues,
});
