/** BiGAN (Donahue, Krähenbühl & Darrell 2017; ALI, Dumoulin et al. 2017): D tells pairs (x, E(x)) from pairs (G(z), z). */
import { defineMethod } from './method.ts';

/**
 *     L_D = BCE(D(x, E(x)), 1) + BCE(D(G(z), z), 0)        L_G + L_E = BCE(D(G(z), z), 1) + BCE(D(x, E(x)), 0)
 *
 * G and E are updated together, in one step on the batch of D's step (as this project's paper's authors do).
 */
export const bigan = defineMethod({
  name: 'bigan',
  description: 'generator and encoder against a discriminator of pairs (x, z)',
  source: 'Donahue, Krähenbühl & Darrell 2017; Dumoulin et al. 2017',
  networks: ['generator', 'encoder'],
  load: async () => (await import('./losses.ts')).biganLosses,
});
