/** GAN (Goodfellow et al. 2014): D tells x from G(z). */
import { defineMethod } from './method.ts';

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0)        L_G = BCE(D(G(z)), 1)
 *
 * the non-saturating form, with `loss: logistic`; every other `loss` replaces both.
 *
 * Deviations: 1. D's and G's step share the batch of z, as in the code of this project's paper; the original draws anew.
 */
export const gan = defineMethod({
  name: 'gan',
  family: 'paper',
  description: 'the non-saturating GAN',
  source: 'Goodfellow et al. 2014',
  networks: ['generator'],
  load: async () => (await import('./losses.ts')).ganLosses,
});
