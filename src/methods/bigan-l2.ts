/** BiGAN with a reconstruction loss: the baseline that the pair-wise penalty is meant to replace. */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { addedLater, nonNegative } from '../schema/fields.ts';
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

const settings = {
  reconstruction: methodSection(
    { weight: nonNegative, form: addedLater(z.enum(['squared', 'split']), 'squared') },
    { weight: 1, form: 'squared' },
  ),
};

/**
 *     squared:  L_G + L_E of BiGAN, plus w · mean over examples of ‖x − G(E(x))‖²
 *     split:    L_G of BiGAN plus w · mean |x − G(E(x))|,   L_E plus w · mean |z − E(G(z))|
 *
 * w is `reconstruction.weight`; x is in the units that networks see. The paper found no w that balances the two losses
 * across data sets; that is what the baseline is there to show. `reconstruction.form: split` is what the authors' code has (w 10
 * for pictures, 0.1 for toys): means over numbers and examples, the first term for G alone and the second for E alone.
 *
 * Deviations: 1. by default the squared distance of x, for both G and E; the authors' form is the option `split`.
 */
export const biganL2 = defineMethod({
  name: 'bigan-l2',
  family: 'paper',
  description: 'BiGAN with a squared reconstruction loss on generator and encoder',
  source: 'the baseline of Sharma & Namboodiri 2018',
  networks: ['generator', 'encoder'],
  settings,
  search: { 'reconstruction.weight': logUniform(0.01, 10) },
  async load() {
    const { tf, biganLosses, constant, reconstructingInputs } = await import('./losses.ts');
    return {
      ...biganLosses,
      inputs(networks, batch) {
        const inputs = reconstructingInputs(networks, batch);
        const { real, fake } = inputs;
        if (!real.z || !fake.x) throw new Error('internal: bigan-l2 lacks its pairs');
        const [code, generated] = [real.z, fake.x];
        // Made only where the form asks for them.
        const others = {
          get ofG() {
            return networks.generator(constant(code));
          },
          get ofE() {
            return networks.encoder(constant(generated));
          },
        };
        return { ...inputs, others };
      },
      generatorLoss(step) {
        const { inputs, batch, settings } = step;
        const { weight, form } = settings.reconstruction;
        const { reconstructed, others } = inputs;
        if (!reconstructed || !others) throw new Error('internal: bigan-l2 lacks its reconstruction');
        const absolute = (a: Tensor, b?: Tensor) => tf.mean(tf.abs(tf.sub(a, b ?? Number.NaN)));
        const axes = batch.x.shape.map((_, axis) => axis).slice(1);
        const distance =
          form === 'split'
            ? tf.add(absolute(batch.x, others.ofG), absolute(batch.z, others.ofE))
            : tf.mean(tf.sum(tf.squaredDifference(batch.x, reconstructed), axes));
        return tf.add(biganLosses.generatorLoss(step), tf.mul(weight, distance)) as Scalar; // of scalars
      },
    };
  },
});
