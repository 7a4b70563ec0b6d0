/** Fréchet distance between a scorer's features of samples and of data. */

import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { gaussianOf } from './numerics/gaussian-statistics.ts';
import { memo } from './numerics/memo.ts';
import { distanceOfGaussians, type FactoredGaussian, factored } from './scores/frechet-distance.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realGaussian = memo<FactoredGaussian>();
const realFrechet = memo<number>();

/** `fid`: real against generated. */
export function frechetValues({ scored }: EvaluationInputs): Values {
  if (scored === undefined) return {};
  const { real, secondReal, generated } = scored;
  const gaussian = realGaussian(real, '', () => factored(gaussianOf(real.features)));
  const distanceTo = ({ features }: ScorerOutput) => distanceOfGaussians(gaussian, gaussianOf(features));
  return {
    ...(generated && { fid: distanceTo(generated) }),
    ...(secondReal && { fidReal: realFrechet(real, '', () => distanceTo(secondReal)) }),
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
  compute: frechetValues,
});
