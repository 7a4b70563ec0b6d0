/** The inverted generator of the paper's article: E alone, against a discriminator that sees latents only. */
import { adversarial } from './adversarial.ts';
import { defineMethod, rate } from './method.ts';

/**
 *     L_D = BCE(D(z), 1) + BCE(D(E(x)), 0)        L_E = BCE(D(E(x)), 1)
 *
 * The prior takes the place of the data: it has one mode, so none can be lost. What remains open, and is measured, is
 * whether E(x) becomes uniform and keeps the data's modes apart.
 */
export const encoderOnly = defineMethod({
  name: 'encoder-only',
  players: ['encoder'],
  exhibit: ({ encoder }, { x, z }) => ({ real: { z }, fake: { z: encoder(x) } }),
  discriminatorLoss: (discriminator, exhibits, _, { loss }) =>
    adversarial[loss].discriminator(rate(discriminator, exhibits)),
  playersLoss: (discriminator, { fake }, _, { loss }) => adversarial[loss].generator(discriminator(fake)),
});
