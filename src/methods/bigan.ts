/** BiGAN (Donahue, Krähenbühl & Darrell 2017; ALI, Dumoulin et al. 2017): D tells pairs (x, E(x)) from pairs (G(z), z). */
import { defineMethod } from './method.ts';

/**
 *     L_D = BCE(D(x, E(x)), 1) + BCE(D(G(z), z), 0)        L_G + L_E = BCE(D(G(z), z), 1) + BCE(D(x, E(x)), 0)
 *
 * G and E are updated together, in one step on the batch of D's step (as this project's paper's authors do). With
 * `encoder.noise` E is stochastic: E(x, ε) looks at so many numbers of uniform noise beside x, and gives a distribution of z
 * for every x, as ALI's does. A deterministic E cannot spread a mode that is nearly a point, and holds much of the data, over
 * its share of the prior; pairs (x, E(x)) and (G(z), z) are then told apart there for ever.
 *
 * Deviations: 1. ALI's E gives a mean and a variance of z, to which noise is added; here noise is an input of E, behind the
 * numbers of a vector, or as channels that are constant over a picture.
 */
export const bigan = defineMethod({
  name: 'bigan',
  family: 'paper',
  description: 'generator and encoder against a discriminator of pairs (x, z)',
  source: 'Donahue, Krähenbühl & Darrell 2017; Dumoulin et al. 2017',
  networks: ['generator', 'encoder'],
  load: async () => (await import('./losses.ts')).biganLosses,
});
