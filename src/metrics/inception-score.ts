/** Inception Score of pictures: what it takes from the evaluation inputs, and its columns. */

import type { Labels } from '../datasets/dataset.ts';
import { count } from '../schema/fields.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { inceptionScore as scoreOf } from './scores/inception-score.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realInception = memo<number>();

/** `inceptionScore`, its deviation over splits, and that of the real examples. Only where classes exclude each other. */
export function inceptionScoreValues({ scored }: EvaluationInputs, splits: number): Values {
  const real = scored?.real.probabilities;
  if (scored === undefined || real === undefined || scored.labels?.kind === 'attributes') return {};
  const heads = headsOf(scored.labels);
  const generated = scored.generated?.probabilities;
  const score = generated && scoreOf(generated, splits, heads);
  return {
    ...(score && { inceptionScore: score.mean, inceptionScoreStd: score.std }),
    inceptionScoreReal: realInception(scored.real, `${splits}`, () => scoreOf(real, splits, heads).mean),
  };
}

/** Values in each head; undefined for a scorer whose classes are one head of its own. */
function headsOf(labels: Exclude<Labels, { kind: 'attributes' }> | undefined): readonly number[] | undefined {
  return labels?.heads.map((values) => values.length);
}

/** Inception Score, by the experiment's scorer. */
export const inceptionScore = defineMetric({
  kind: 'inception-score',
  description: "the scorer's Inception Score",
  settings: { splits: count },
  columns: [
    {
      name: 'inceptionScore',
      title: 'inception score',
      unit: 'number',
      digits: 2,
      better: 'more',
      place: 16,
      terminal: { head: ['inception', 'score'], rank: 2, place: 12 },
      real: true,
    },
    { name: 'inceptionScoreStd', title: 'inception score, σ of splits', unit: 'number', digits: 2 },
  ],
  needs: ['scorer'],
  conditions: ({ splits }) => `inception score over ${splits} splits`,
  compute: (inputs, { splits }) => inceptionScoreValues(inputs, splits),
});
