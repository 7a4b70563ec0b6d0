/** BiGAN with a reconstruction loss: the baseline that the pair-wise penalty is meant to replace. */
import * as tf from '@tensorflow/tfjs';
import { bigan, exhibitReconstructions } from './bigan.ts';
import { defineMethod } from './method.ts';

/**
 *     L_G + L_E of BiGAN, plus w · mean over examples of ‖x − G(E(x))‖²
 *
 * w is `reconstruction.weight`; x is in the units that networks see. The paper found no w that balances the two losses
 * across data sets; that is what the baseline is there to show.
 */
export const biganL2 = defineMethod({
  ...bigan,
  name: 'bigan-l2',
  exhibit: exhibitReconstructions,
  playersLoss(discriminator, exhibits, batch, settings) {
    const { reconstructed } = exhibits;
    if (!reconstructed || !settings.reconstruction) throw new Error('internal: bigan-l2 lacks its reconstruction');
    const axes = batch.x.shape.map((_, axis) => axis).slice(1);
    const distance = tf.mean(tf.sum(tf.squaredDifference(batch.x, reconstructed), axes));
    return tf.add(
      bigan.playersLoss(discriminator, exhibits, batch, settings),
      tf.mul(settings.reconstruction.weight, distance),
    );
  },
});
