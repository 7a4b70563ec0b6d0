/** Unrolled GAN (Metz et al. 2017): G looks some steps of D ahead. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { nonNegative } from '../schema/fields.ts';
import { choice, logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

/**
 *     θ₀ = D's parameters,   θ_{i+1} = θ_i − η ∇_θ L_D(θ_i),   L_G = BCE(D(G(z); θ_k), 1)        L_D as in the GAN
 *
 * with L_D on the batch of the step, G's gradient going through all k steps; k is `unrolling.steps`, η `unrolling.rate`.
 * A step of G costs k more of D, twice differentiated.
 *
 * Deviations: 1. unrolled steps are plain gradient descent, where its authors unroll Adam. 2. the paper has k of 5 and 10;
 * 5 is the default. 3. points alone: tfjs has no derivative of the gradients of convolutions with respect to their kernels.
 */
export const unrolled = defineMethod({
  name: 'unrolled',
  family: 'coverage',
  description: 'the non-saturating GAN whose generator looks several steps of D ahead',
  source: 'Metz et al. 2017',
  networks: ['generator'],
  pointsOnly: true,
  settings: {
    unrolling: methodSection({ steps: z.int().nonnegative(), rate: nonNegative }, { steps: 5, rate: 0.1 }),
  },
  search: { 'unrolling.steps': choice(1, 3, 5), 'unrolling.rate': logUniform(0.01, 1) },
  async load() {
    const { tf, ganLosses, logitsOf } = await import('./losses.ts');
    return {
      ...ganLosses,
      generatorLoss(step) {
        const { inputs, settings } = step;
        const { steps, rate } = settings.unrolling;
        const at = (parameters: Tensor) => {
          const discriminator = step.discriminatorWith(parameters);
          return { ...step, parameters, discriminator, logits: logitsOf(discriminator, inputs) };
        };
        const slope = tf.grad((parameters) => ganLosses.discriminatorLoss(at(parameters)));
        let { parameters } = step;
        for (let ahead = 0; ahead < steps; ahead++) parameters = tf.sub(parameters, tf.mul(rate, slope(parameters)));
        return ganLosses.generatorLoss(at(parameters));
      },
    };
  },
});
