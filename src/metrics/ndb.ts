/** Share of bins of the data that samples fill differently (NDB / K). */

import { count } from '../schema/fields.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { againstBins, type Bins, binsOf } from './scores/ndb.ts';

const realBins = memo<Bins>();
const realNdb = memo<number>();

/**
 * The real examples' features are divided into `bins` bins by k-means; each bin is a two-proportion z-test at the level 0.05.
 *
 * - `ndb`: share of bins in which the samples' part differs significantly (NDB/K), 0 to 1; about 0.05 for a perfect sampler.
 *   It depends on the count: with more examples smaller differences are found.
 * - `ndbReal`: of the second real sample in the samples' place.
 *
 * The authors bin pixels; here it is the scorer's features, not whitened. NaN where one is not finite.
 */
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
  source: 'Richardson & Weiss 2018, On GANs and GMMs',
  settings: { bins: count },
  columns: [
    {
      name: 'ndb',
      title: 'NDB/K',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 230,
      terminal: { head: ['NDB/K'], rank: 4.2 },
      real: true,
    },
  ],
  needs: ['scorer'],
  conditions: ({ bins }, samples) => `NDB over ${Math.min(bins, samples)} bins`,
  compute: (inputs, { bins }) => ndbValues(inputs, bins),
});
