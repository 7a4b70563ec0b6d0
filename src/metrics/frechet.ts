/** Fréchet distance between a scorer's features of samples and of data. */

import type { Evidence, Judgement, Values } from './measure.ts';
import { defineMetric } from './metric-kind.ts';
import { gaussianOf } from './numerics/gaussian-statistics.ts';
import { onceFor } from './numerics/memo.ts';
import { distanceOfGaussians, type FactoredGaussian, factored } from './scores/frechet-distance.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realGaussian = onceFor<FactoredGaussian>();
const realFrechet = onceFor<number>();

/** `fid`: real against generated. */
export function frechetValues({ judged }: Evidence): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const gaussian = realGaussian(real, '', () => factored(gaussianOf(real.features)));
  const distanceTo = ({ features }: Judgement) => distanceOfGaussians(gaussian, gaussianOf(features));
  return {
    ...(generated && { fid: distanceTo(generated) }),
    ...(others && { fidReal: realFrechet(real, '', () => distanceTo(others)) }),
  };
}

/** FID, in the scorer's features. */
export const frechet = defineMetric({
  kind: 'frechet',
  description: "Fréchet distance between the scorer's features of samples and data",
  columns: [
    {
      name: 'fid',
      title: 'FID',
      unit: 'number',
      digits: 2,
      better: 'less',
      place: 17,
      terminal: { head: ['FID'], rank: 1, place: 13 },
      real: true,
    },
  ],
  needs: ['scorer'],
  measure: frechetValues,
});
