/** LSGAN (Mao et al. 2017): squared distances of D from its labels in place of cross-entropies. */
import { defineMethod } from './method.ts';

/**
 *     L_D = (1 − D(x))² + D(G(z))²        L_G = (1 − D(G(z)))²
 *
 * batch means, labels 0 and 1: the GAN with `loss: least-squares`, under its own name.
 *
 * Deviations: 1. the paper halves both losses, which is a rate.
 */
export const lsgan = defineMethod({
  name: 'lsgan',
  family: 'stability',
  description: 'the GAN with least-squares losses',
  source: 'Mao et al. 2017',
  networks: ['generator'],
  loss: 'least-squares',
  load: async () => (await import('./losses.ts')).ganLosses,
});
