/** GAN (Goodfellow et al. 2014): D tells x from G(z). */
import { adversarial } from './adversarial.ts';
import { defineMethod, rate } from './method.ts';

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0)        L_G = BCE(D(G(z)), 1)
 *
 * the non-saturating form, with `loss: logistic`; `linear`, `least-squares` and `wasserstein` replace both.
 *
 * Deviations: 1. D's and G's step share the batch of z, as in the code of this project's paper; the original draws anew.
 */
export const gan = defineMethod({
  name: 'gan',
  players: ['generator'],
  exhibit: ({ generator }, { x, z }) => ({ real: { x }, fake: { x: generator(z) } }),
  discriminatorLoss: (discriminator, exhibits, _, { loss }) =>
    adversarial[loss].discriminator(rate(discriminator, exhibits)),
  playersLoss: (discriminator, { fake }, _, { loss }) => adversarial[loss].generator(discriminator(fake)),
});
