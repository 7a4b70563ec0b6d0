/** Size of the support, from how often two samples are alike. */

import type { Evidence, Judgement, Values } from './measure.ts';
import { defineMetric } from './metric-kind.ts';
import { onceFor } from './numerics/memo.ts';
import { birthdaySupport, sameWithin } from './scores/birthday.ts';

// Stands beside what real data score (`…Real`): further real examples in the generator's place. That is the same at every
// evaluation of a trial and is made once.
const realThreshold = onceFor<number>();
const realSupport = onceFor<number>();

/** `birthdaySupport`: how many different examples the generator has, in effect; see `sameWithin` for what that means. */
export function birthdayValues({ judged }: Evidence): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const threshold = realThreshold(real, '', () => sameWithin(real.features));
  const supportOf = ({ features }: Judgement) => birthdaySupport(features, threshold);
  return {
    ...(generated && { birthdaySupport: supportOf(generated) }),
    ...(others && { birthdaySupportReal: realSupport(real, '', () => supportOf(others)) }),
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
  measure: birthdayValues,
});
