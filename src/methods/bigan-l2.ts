/** BiGAN with a reconstruction loss: the baseline that the pair-wise penalty is meant to replace. */
import { defineMethod } from './method.ts';
import { reconstructionLoss } from './sections.ts';

/**
 *     L_G + L_E of BiGAN, plus w · mean over examples of ‖x − G(E(x))‖²
 *
 * w is `reconstruction.weight`; x is in the units that networks see. The paper found no w that balances the two losses
 * across data sets; that is what the baseline is there to show.
 */
export const biganL2 = defineMethod({
  name: 'bigan-l2',
  description: 'BiGAN with a squared reconstruction loss on generator and encoder',
  source: 'the baseline of Sharma & Namboodiri 2018',
  networks: ['generator', 'encoder'],
  settings: { reconstruction: reconstructionLoss({ weight: 1 }) },
  async load() {
    const { tf, biganLosses, reconstructingInputs } = await import('./losses.ts');
    return {
      ...biganLosses,
      inputs: reconstructingInputs,
      generatorLoss(step) {
        const { inputs, batch, settings } = step;
        if (!inputs.reconstructed) throw new Error('internal: bigan-l2 lacks its reconstruction');
        const axes = batch.x.shape.map((_, axis) => axis).slice(1);
        const distance = tf.mean(tf.sum(tf.squaredDifference(batch.x, inputs.reconstructed), axes));
        return tf.add(biganLosses.generatorLoss(step), tf.mul(settings.reconstruction.weight, distance));
      },
    };
  },
});
