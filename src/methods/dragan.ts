/** DRAGAN (Kodali et al. 2017): a gradient penalty around the data, so that D has no sharp slope at real points. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { gradientPenalty, squaredAlone } from './sections.ts';

const settings = { penalty: gradientPenalty({ weight: 10, form: 'squared' }, ['epsilon', 'perturbation']) };

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0) + λ · mean (‖∇ₓ̃ D(x̃)‖ − 1)²        L_G = BCE(D(G(z)), 1)
 *     x̃ = x + α (x_p − x),   x_p = x + ½ s u,   u ~ U(0, 1) per number,   α ~ U(0, 1) per example
 *
 * s is the standard deviation of all numbers of the batch; λ is `penalty.weight`.
 *
 * Deviations: 1. an epsilon of 1e-12 inside the norm's root. 2. α is one number an example; in its authors' code one a number.
 */
export const dragan = defineMethod({
  name: 'dragan',
  family: 'stability',
  description: 'the non-saturating GAN with a penalty on slopes other than 1 around the data',
  source: 'Kodali et al. 2017',
  networks: ['generator'],
  settings,
  check: squaredAlone('dragan', settings),
  search: { 'penalty.weight': logUniform(0.03, 30) },
  async load() {
    const { tf, ganLosses, unitSlopePenalty } = await import('./losses.ts');
    return {
      ...ganLosses,
      discriminatorLoss(step) {
        const { discriminator, batch, settings } = step;
        const { x, epsilon, perturbation } = batch;
        if (!perturbation) throw new Error('internal: dragan lacks its perturbation');
        const spread = tf.sqrt(tf.mean(tf.square(tf.sub(x, tf.mean(x)))));
        const alpha = epsilon.reshape([x.shape[0] ?? 1, ...x.shape.slice(1).map(() => 1)]);
        const near = tf.add(x, tf.mul(alpha, tf.mul(tf.mul(0.5, spread), perturbation)));
        const penalty = unitSlopePenalty((point) => discriminator({ x: point }), near);
        return tf.add(ganLosses.discriminatorLoss(step), tf.mul(settings.penalty.weight, penalty));
      },
    };
  },
});
