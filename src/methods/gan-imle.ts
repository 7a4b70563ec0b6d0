/** GAN with implicit maximum likelihood (Li & Malik 2018): every real point pulls the sample that is nearest to it. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { nonNegative } from '../schema/fields.ts';
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

/**
 *     L_G = BCE(D(G(z)), 1) + w · mean over i of min over j of ‖x_i − G(z_j)‖²        L_D as in the GAN
 *
 * over the examples of the batch; w is `imle.weight`. A mode that no sample is near pulls until one is.
 *
 * Deviations: 1. the source minimises the second term alone, with latents that are searched for every example among many;
 * here it is a term of a GAN's, within the batch. 2. ‖x − x̃‖² is ‖x‖² − 2 x·x̃ + ‖x̃‖².
 */
export const ganImle = defineMethod({
  name: 'gan-imle',
  family: 'coverage',
  description: 'the non-saturating GAN with every real point pulling the nearest sample of its batch',
  source: 'Li & Malik 2018',
  networks: ['generator'],
  settings: { imle: methodSection({ weight: nonNegative }, { weight: 1 }) },
  search: { 'imle.weight': logUniform(0.01, 10) },
  async load() {
    const { tf, ganLosses } = await import('./losses.ts');
    return {
      ...ganLosses,
      generatorLoss(step) {
        const { inputs, batch, settings } = step;
        if (!inputs.fake.x) throw new Error('internal: gan-imle lacks its samples');
        const rows = batch.x.shape[0] ?? 1;
        const [x, generated] = [batch.x.reshape([rows, -1]), inputs.fake.x.reshape([rows, -1])];
        const squares = (points: Tensor) => tf.sum(tf.square(points), 1, true);
        const cross = tf.matMul(x, generated, false, true);
        const distances = tf.sub(tf.add(squares(x), tf.transpose(squares(generated))), tf.mul(2, cross));
        const nearest = tf.mean(tf.min(distances, 1));
        return tf.add(ganLosses.generatorLoss(step), tf.mul(settings.imle.weight, nearest));
      },
    };
  },
});
