/** Precision, recall, density and coverage in a scorer's features. */

import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { type Prdc, prdc as prdcOf, squaredRadii } from './scores/prdc.ts';

const realRadii = memo<Float64Array>();
const realPrdc = memo<Prdc>();

/**
 * Every example has a ball that reaches to its k-th nearest neighbour within its own set (Euclidean, the scorer's features).
 *
 * - `precision`: share of samples inside a real example's ball, 0 to 1.
 * - `recall`: share of real examples inside a sample's ball, 0 to 1.
 * - `density`: real balls that a sample lies in, over k, mean of all; about 1 for a perfect sampler, and not bounded by it.
 * - `coverage`: share of real examples with a sample inside their ball, 0 to 1.
 * - `precisionReal`, `recallReal`, `densityReal`, `coverageReal`: the same of the second real sample in the samples' place.
 *
 * The surface belongs to the ball, as in Kynkäänniemi's equation; Naeem's code leaves it out. The published figures have
 * k = 3 for precision and recall and k = 5 for density and coverage; here all four share k. NaN where a feature is not
 * finite.
 */
export function prdcValues({ scored }: EvaluationInputs, k: number): Values {
  if (scored === undefined) return {};
  const { real, secondReal, generated } = scored;
  const radii = realRadii(real, `${k}`, () => squaredRadii(real.features, k));
  const scoreOf = ({ features }: ScorerOutput) => prdcOf(real.features, features, k, radii);
  const ceiling = secondReal && realPrdc(real, `${k}`, () => scoreOf(secondReal));
  return {
    ...(generated && scoreOf(generated)),
    ...(ceiling && {
      precisionReal: ceiling.precision,
      recallReal: ceiling.recall,
      densityReal: ceiling.density,
      coverageReal: ceiling.coverage,
    }),
  };
}

/** Precision, recall, density, coverage. */
export const prdc = defineMetric({
  kind: 'prdc',
  description: "precision, recall, density and coverage in the scorer's features",
  source: 'Kynkäänniemi et al. 2019, precision and recall; Naeem et al. 2020, density and coverage',
  settings: { neighbours: count },
  columns: [
    {
      name: 'precision',
      title: 'precision',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 190,
      terminal: { head: ['preci-', 'sion'], rank: 4 },
      real: true,
    },
    {
      name: 'recall',
      title: 'recall',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 200,
      terminal: { head: ['recall'], rank: 4 },
      real: true,
    },
    {
      name: 'density',
      title: 'density',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 210,
      terminal: false,
      real: true,
    },
    {
      name: 'coverage',
      title: 'coverage',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 220,
      terminal: { head: ['cover-', 'age'], rank: 3 },
      real: true,
    },
  ],
  needs: ['scorer'],
  pairwise: true,
  conditions: ({ neighbours }, samples) => `precision to coverage with ${Math.min(neighbours, samples - 1)} neighbours`,
  compute: (inputs, { neighbours }) => prdcValues(inputs, neighbours),
});
