/** WGAN-GP (Gulrajani et al. 2017): a critic whose gradient has norm 1 between data and samples. */
import * as tf from '@tensorflow/tfjs';
import { gan } from './gan.ts';
import { defineMethod } from './method.ts';
import { unitGradientPenalty } from './penalties.ts';

/**
 *     L_D = D(G(z)) − D(x) + λ · mean (‖∇ₓ̃ D(x̃)‖ − 1)²        L_G = −D(G(z))
 *
 * x̃ = ε x + (1 − ε) G(z), ε ~ U(0, 1) per example; λ is `penalty.weight`, 10 in the paper, 0.1 in its authors' toy script.
 *
 * Deviations: 1. an epsilon of 1e-12 inside the norm's root.
 */
export const wganGp = defineMethod({
  ...gan,
  name: 'wgan-gp',
  discriminatorLoss(discriminator, exhibits, batch, settings) {
    const loss = gan.discriminatorLoss(discriminator, exhibits, batch, settings);
    const { real, fake } = exhibits;
    if (!settings.penalty || !real.x || !fake.x) throw new Error('internal: wgan-gp lacks its penalty or its examples');
    const penalty = unitGradientPenalty((x) => discriminator({ x }), real.x, fake.x, batch.epsilon);
    return tf.add(loss, tf.mul(settings.penalty.weight, penalty));
  },
});
