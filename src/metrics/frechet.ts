/** Fréchet distance between a scorer's features of samples and of data. */

import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { gaussianOf } from './numerics/gaussian-statistics.ts';
import { memo } from './numerics/memo.ts';
import { distanceOfGaussians, type FactoredGaussian, factored } from './scores/frechet-distance.ts';

const realGaussian = memo<FactoredGaussian>();
const realFrechet = memo<number>();

/**
 * ‖μ − μ′‖² + tr(Σ + Σ′ − 2(ΣΣ′)^½) between Gaussians fitted to the scorer's features of the samples and of as many real examples.
 *
 * - `fid`: in squared features, 0 for equal sets. It is biased: it falls with the number of examples, so that only figures of
 *   equal counts compare. Covariances are unbiased (divided by n − 1), as in NumPy's `cov`.
 * - `fidReal`: of the second real sample in the samples' place: what a perfect sampler reaches with so many examples.
 *
 * It is FID only with Inception's published network as scorer; with any other, figures compare under that scorer alone.
 */
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

/** The distance in the features of whatever scorer there is. */
export const frechet = defineMetric({
  kind: 'frechet',
  description: "Fréchet distance between the scorer's features of samples and data",
  source: 'Heusel et al. 2017, GANs Trained by a Two Time-Scale Update Rule (FID)',
  columns: [
    {
      name: 'fid',
      title: 'Fréchet distance',
      unit: 'number',
      digits: 2,
      better: 'less',
      role: 'quality',
      place: 155,
      terminal: { head: ['Fréchet', 'distance'], rank: 1 },
      real: true,
    },
  ],
  needs: ['scorer'],
  compute: frechetValues,
});
