/** WGAN (Arjovsky, Chintala & Bottou 2017): a critic kept Lipschitz by clipping its weights. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';

/**
 *     L_D = D(G(z)) − D(x)        L_G = −D(G(z))
 *
 * with several critic steps to one of G (`critic.steps`), after each of which every weight and bias of D is clipped to
 * ±`critic.clip`. Both are the training step's work; the losses are the GAN's with `loss: wasserstein`.
 *
 * Deviations: 1. the optimiser is the experiment's, the same for every method; the paper uses RMSProp at 5e-5
 * (`--set training.optimiser.kind=rmsprop` and its options).
 */
export const wgan = defineMethod({
  name: 'wgan',
  family: 'paper',
  description: 'Wasserstein GAN, its critic kept smooth by clipping weights',
  source: 'Arjovsky, Chintala & Bottou 2017',
  networks: ['generator'],
  loss: 'wasserstein',
  critic: { steps: 5, clip: 0.01 },
  search: { 'critic.clip': logUniform(0.003, 0.3) },
  load: async () => (await import('./losses.ts')).ganLosses,
});
