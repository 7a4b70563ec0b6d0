/** MSGAN (Mao et al. 2019): G is rewarded for samples that differ as their latents do. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { nonNegative } from '../schema/fields.ts';
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

/** Inside the quotient, as in its authors' code. */
const tiny = 1e-5;

/**
 *     L_G = BCE(D(G(z)), 1) + w / (mean |G(z₁) − G(z₂)| / mean |z₁ − z₂| + 1e-5)        L_D as in the GAN
 *
 * z₁ and z₂ are the halves of the batch (without its last example where their number is odd), means over numbers and
 * examples; w is `modeSeeking.weight`.
 *
 * Deviations: 1. the paper conditions G on a label or a picture and has results on pictures only. 2. its authors draw a
 * second batch of latents; here the halves of one are compared.
 */
export const msGan = defineMethod({
  name: 'ms-gan',
  family: 'coverage',
  description: 'the non-saturating GAN with a reward for samples that differ as their latents do',
  source: 'Mao et al. 2019',
  networks: ['generator'],
  settings: { modeSeeking: methodSection({ weight: nonNegative }, { weight: 1 }) },
  search: { 'modeSeeking.weight': logUniform(0.01, 10) },
  async load() {
    const { tf, ganLosses } = await import('./losses.ts');
    return {
      ...ganLosses,
      generatorLoss(step) {
        const { inputs, batch, settings } = step;
        if (!inputs.fake.x) throw new Error('internal: ms-gan lacks its samples');
        const rows = batch.z.shape[0] ?? 0;
        const half = Math.floor(rows / 2);
        const apart = (t: Tensor) => {
          const [one, other] = tf.split(t, rows > 2 * half ? [half, half, rows - 2 * half] : [half, half]);
          return tf.mean(tf.abs(tf.sub(one ?? t, other ?? t)));
        };
        const ratio = tf.div(apart(inputs.fake.x), apart(batch.z));
        const term = tf.div(settings.modeSeeking.weight, tf.add(ratio, tiny));
        return tf.add(ganLosses.generatorLoss(step), term);
      },
    };
  },
});
