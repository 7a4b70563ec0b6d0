/** Share of bins of the data that samples fill differently (NDB / K). */

import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { againstBins, type Bins, binsOf } from './scores/ndb.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realBins = memo<Bins>();
const realNdb = memo<number>();

/** `ndb`: share of the real examples' bins that the generator fills differently. */
export function ndbValues({ scored, random }: EvaluationInputs, bins: number): Values {
  if (scored === undefined) return {};
  const { real, secondReal, generated } = scored;
  const fitted = realBins(real, `${bins}`, () => binsOf(real.features, bins, random()));
  const shareOf = ({ features }: ScorerOutput) => againstBins(fitted, features).share;
  return {
    ...(generated && { ndb: shareOf(generated) }),
    ...(secondReal && { ndbReal: realNdb(real, `${bins}`, () => shareOf(secondReal)) }),
  };
}

/** Number of statistically different bins. */
export const ndb = defineMetric({
  kind: 'ndb',
  description: 'share of bins of the data that samples fill differently',
  settings: { bins: count },
  columns: [
    {
      name: 'ndb',
      title: 'NDB/K',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 23,
      terminal: { head: ['NDB/K'], rank: 4.2, place: 18 },
      real: true,
    },
  ],
  needs: ['scorer'],
  conditions: ({ bins }) => `NDB over ${bins} bins`,
  compute: (inputs, { bins }) => ndbValues(inputs, bins),
});
