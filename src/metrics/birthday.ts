/** Size of the support, from how often two samples are alike. */

import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { birthdaySupport, sameWithin } from './scores/birthday.ts';

const realThreshold = memo<number>();
const realSupport = memo<number>();

/**
 * - `birthdaySupport`: effective number of different examples, (pairs + 1)/(same pairs + 1) over all pairs of samples. A
 *   pair is the same where its distance in the scorer's features is at most that of the closest 1 in 10,000 real pairs.
 * - `birthdaySupportReal`: of the second real sample in the samples' place; about 10,000 by that definition.
 *
 * The authors let a person look at the closest pairs of a batch; the threshold needs none, and is the same for all methods.
 */
export function birthdayValues({ scored }: EvaluationInputs): Values {
  if (scored === undefined) return {};
  const { real, secondReal, generated } = scored;
  const threshold = realThreshold(real, '', () => sameWithin(real.features));
  const supportOf = ({ features }: ScorerOutput) => birthdaySupport(features, threshold);
  return {
    ...(generated && { birthdaySupport: supportOf(generated) }),
    ...(secondReal && { birthdaySupportReal: realSupport(real, '', () => supportOf(secondReal)) }),
  };
}

/** Size of the support by the birthday paradox. */
export const birthday = defineMetric({
  kind: 'birthday',
  description: 'size of the support, from how often two samples are alike',
  source: 'Arora & Zhang 2017, Do GANs Actually Learn the Distribution?',
  columns: [
    {
      name: 'birthdaySupport',
      title: 'birthday support',
      unit: 'count',
      digits: 0,
      better: 'more',
      place: 240,
      terminal: false,
      real: true,
    },
  ],
  needs: ['scorer'],
  pairwise: true,
  compute: birthdayValues,
});
