/** The inverted generator of the paper's article: E alone, against a discriminator that sees latents only. */
import { defineMethod } from './method.ts';

/**
 *     L_D = BCE(D(z), 1) + BCE(D(E(x)), 0)        L_E = BCE(D(E(x)), 1)
 *
 * The prior takes the place of the data: it has one mode, so none can be lost. What remains open, and is measured, is
 * whether E(x) becomes uniform and keeps the data's modes apart.
 */
export const encoderOnly = defineMethod({
  name: 'encoder-only',
  family: 'special',
  description: 'the inverted generator: an encoder against a discriminator on z alone',
  source: 'Sharma & Namboodiri 2018',
  networks: ['encoder'],
  async load() {
    const { ganLosses } = await import('./losses.ts');
    return { ...ganLosses, inputs: ({ encoder }, { x, z }) => ({ real: { z }, fake: { z: encoder(x) } }) };
  },
});
