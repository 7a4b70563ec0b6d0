/** GAN with the R₁ penalty (Mescheder, Geiger & Nowozin 2018): D is flat on the data once it has converged. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { zeroCentredPenalty } from './sections.ts';

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0) + γ/2 · mean ‖∇ₓD(x)‖²        L_G = BCE(D(G(z)), 1)
 *
 * γ is `zeroCentred.weight`, 10 in the paper.
 *
 * Deviations: 1. its authors' code leaves out the ½: their weight of 10 is a γ of 20 here. 2. the optimiser and the moving
 * average are the experiment's; theirs are RMSProp at 1e-4 and 0.999.
 */
export const ganR1 = defineMethod({
  name: 'gan-r1',
  family: 'modern',
  description: 'the non-saturating GAN with a penalty of zero centre on data',
  source: 'Mescheder, Geiger & Nowozin 2018',
  networks: ['generator'],
  settings: { zeroCentred: zeroCentredPenalty({ weight: 10 }) },
  search: { 'zeroCentred.weight': logUniform(0.01, 30) },
  async load() {
    const { ganLosses, zeroCentred } = await import('./losses.ts');
    return zeroCentred(ganLosses, ['real']);
  },
});
