/** VEEGAN (Srivastava et al. 2017): an encoder that is trained to invert G shows D where G has lost modes. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { reconstructionLoss } from './sections.ts';

/**
 *     L_D = BCE(D(x, E(x) + ν), 1) + BCE(D(G(z), z), 0)        ν ~ N(0, I)
 *     L_G + L_E = −mean D(G(z), z) + w · mean over examples of ‖z − E(G(z))‖²
 *
 * w is `reconstruction.weight`, 1 in the paper. E gets its gradient from the second term alone: nothing asks it to make
 * (x, E(x)) look like (G(z), z).
 *
 * Deviations: 1. its authors let D give 1 for samples and 0 for data; signs are turned round here, as for every method.
 * 2. D and G take one step each where `critic.steps` is left at 1; common implementations take five of D.
 */
export const veegan = defineMethod({
  name: 'veegan',
  family: 'coverage',
  description: 'an encoder that inverts G, and D on pairs (x, z): reconstruction in the latent space',
  source: 'Srivastava et al. 2017',
  networks: ['generator', 'encoder'],
  loss: 'linear',
  settings: { reconstruction: reconstructionLoss({ weight: 1 }, ['normal']) },
  search: { 'reconstruction.weight': logUniform(0.01, 10) },
  async load() {
    const { tf, adversarial, ganLosses } = await import('./losses.ts');
    return {
      ...ganLosses,
      inputs({ generator, encoder }, { x, z, normal }) {
        if (!normal) throw new Error('internal: veegan lacks its normal numbers');
        const generated = generator(z);
        return {
          real: { x, z: tf.add(encoder(x), normal) },
          fake: { x: generated, z },
          others: { again: encoder(generated) },
        };
      },
      generatorLoss({ logits, inputs, batch, settings }) {
        const { again } = inputs.others ?? {};
        if (!again) throw new Error('internal: veegan lacks E(G(z))');
        const distance = tf.mean(tf.sum(tf.squaredDifference(batch.z, again), 1));
        return tf.add(adversarial[settings.loss].generator(logits), tf.mul(settings.reconstruction.weight, distance));
      },
    };
  },
});
