/** WGAN-GP (Gulrajani et al. 2017): a critic whose gradient has norm 1 between data and samples. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { gradientPenalty, squaredAlone } from './sections.ts';

const settings = { penalty: gradientPenalty({ weight: 10, form: 'squared' }) };

/**
 *     L_D = D(G(z)) − D(x) + λ · mean (‖∇ₓ̃ D(x̃)‖ − 1)²        L_G = −D(G(z))
 *
 * x̃ = ε x + (1 − ε) G(z), ε ~ U(0, 1) per example; λ is `penalty.weight`, 10 in the paper, 0.1 in its authors' toy script.
 *
 * Deviations: 1. an epsilon of 1e-12 inside the norm's root.
 */
export const wganGp = defineMethod({
  name: 'wgan-gp',
  family: 'paper',
  description: 'Wasserstein GAN with a penalty on gradient norms other than 1',
  source: 'Gulrajani et al. 2017',
  networks: ['generator'],
  loss: 'wasserstein',
  critic: { steps: 5, clip: 0 },
  settings,
  check: squaredAlone('wgan-gp', settings),
  search: { 'penalty.weight': logUniform(0.03, 10) },
  async load() {
    const { tf, ganLosses, unitGradientPenalty } = await import('./losses.ts');
    return {
      ...ganLosses,
      discriminatorLoss(step) {
        const loss = ganLosses.discriminatorLoss(step);
        const { discriminator, inputs, batch, settings } = step;
        const { real, fake } = inputs;
        if (!real.x || !fake.x) throw new Error('internal: wgan-gp lacks its examples');
        const penalty = unitGradientPenalty((x) => discriminator({ x }), real.x, fake.x, batch.epsilon);
        return tf.add(loss, tf.mul(settings.penalty.weight, penalty));
      },
    };
  },
});
