/** Size of the support, from how often two samples are alike. */

import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { memo } from './numerics/memo.ts';
import { birthdaySupport, sameWithin } from './scores/birthday.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realThreshold = memo<number>();
const realSupport = memo<number>();

/** `birthdaySupport`: how many different examples the generator has, in effect; see `sameWithin` for what that means. */
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
  columns: [
    {
      name: 'birthdaySupport',
      title: 'birthday support',
      unit: 'count',
      digits: 0,
      better: 'more',
      place: 24,
      real: true,
    },
  ],
  needs: ['scorer'],
  compute: birthdayValues,
});
