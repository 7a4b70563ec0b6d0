/** Precision, recall, density and coverage in a scorer's features. */

import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { type Prdc, prdc as prdcOf, squaredRadii } from './scores/prdc.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realRadii = memo<Float64Array>();
const realPrdc = memo<Prdc>();

/** `precision`, `recall`, `density` and `coverage` with `k` neighbours. */
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
  settings: { neighbours: count },
  columns: [
    {
      name: 'precision',
      title: 'precision',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 19,
      terminal: { head: ['preci-', 'sion'], rank: 4, place: 15 },
      real: true,
    },
    {
      name: 'recall',
      title: 'recall',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 20,
      terminal: { head: ['recall'], rank: 4, place: 16 },
      real: true,
    },
    { name: 'density', title: 'density', unit: 'number', digits: 3, better: 'more', place: 21, real: true },
    {
      name: 'coverage',
      title: 'coverage',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 22,
      terminal: { head: ['cover-', 'age'], rank: 3, place: 17 },
      real: true,
    },
  ],
  needs: ['scorer'],
  conditions: ({ neighbours }) => `precision to coverage with ${neighbours} neighbours`,
  compute: (inputs, { neighbours }) => prdcValues(inputs, neighbours),
});
