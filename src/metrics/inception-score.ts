/** Inception Score: whether each picture is clearly of one class, and all together are of many. */

import { plural } from '../base/number-words.ts';
import type { Labels } from '../datasets/dataset.ts';
import { count } from '../schema/fields.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { inceptionScore as scoreOf, splitsUsed } from './scores/inception-score.ts';

const realInception = memo<number>();

/**
 * exp(mean over x of KL(p(y|x) ‖ p(y))), natural log, of the scorer's class probabilities p(y|x); the mean over `splits` parts.
 *
 * - `inceptionScore`: from 1 to the number of classes (combinations of classes, where the scorer has several heads).
 * - `inceptionScoreStd`: standard deviation over the parts, of the population (NumPy's default); NaN for one part.
 * - `inceptionScoreReal`: of the real examples themselves.
 *
 * Only where classes exclude each other: nothing of a scorer of attributes, or of one without probabilities.
 */
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
  source: 'Salimans et al. 2016, Improved Techniques for Training GANs',
  settings: { splits: count },
  columns: [
    {
      name: 'inceptionScore',
      title: 'inception score',
      unit: 'number',
      digits: 2,
      better: 'more',
      role: 'quality',
      place: 160,
      terminal: { head: ['inception', 'score'], rank: 2 },
      real: true,
    },
    { name: 'inceptionScoreStd', title: 'inception score, σ of splits', unit: 'number', digits: 2 },
  ],
  needs: ['scorer'],
  conditions: ({ splits }, samples) => `inception score over ${plural(splitsUsed(splits, samples), 'split')}`,
  compute: (inputs, { splits }) => inceptionScoreValues(inputs, splits),
});
