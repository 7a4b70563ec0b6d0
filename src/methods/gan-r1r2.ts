/** GAN with R₁ and R₂ penalties (Mescheder, Geiger & Nowozin 2018): what R3GAN is without its pairs. */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { zeroCentredPenalty } from './sections.ts';

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0) + γ/2 · (mean ‖∇ₓD(x)‖² + mean ‖∇ₓD(G(z))‖²)        L_G = BCE(D(G(z)), 1)
 *
 * γ is `zeroCentred.weight`.
 *
 * Deviations: those of `gan-r1`.
 */
export const ganR1R2 = defineMethod({
  name: 'gan-r1r2',
  family: 'modern',
  description: 'the non-saturating GAN with penalties of zero centre on data and samples',
  source: 'Mescheder, Geiger & Nowozin 2018',
  networks: ['generator'],
  settings: { zeroCentred: zeroCentredPenalty({ weight: 10 }) },
  search: { 'zeroCentred.weight': logUniform(0.01, 30) },
  async load() {
    const { ganLosses, zeroCentred } = await import('./losses.ts');
    return zeroCentred(ganLosses, ['real', 'fake']);
  },
});
