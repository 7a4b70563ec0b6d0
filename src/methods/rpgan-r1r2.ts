/** The relativistic pairing GAN with R₁ and R₂ penalties, the loss of R3GAN (Huang et al. 2024). */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { zeroCentredPenalty } from './sections.ts';

/**
 *     L_D = mean softplus(−(D(x) − D(G(z)))) + γ/2 · (mean ‖∇ₓD(x)‖² + mean ‖∇ₓD(G(z))‖²)
 *     L_G = mean softplus(−(D(G(z)) − D(x)))
 *
 * x and G(z) are paired by their index in the batch; γ is `zeroCentred.weight`. D is asked which of a pair is real, and so
 * has to tell samples from data near every mode, not on average.
 *
 * Deviations: 1. its authors' networks, schedules of γ, rate and β₂, and the size of their batches are left to the
 * experiment, as for every method. 2. γ makes or breaks it on toys and depends on the scale of the data; 1 is where the
 * authors start on stacked MNIST, and their runs have 0.005 to 150.
 */
export const rpganR1R2 = defineMethod({
  name: 'rpgan-r1r2',
  family: 'modern',
  description: 'relativistic pairs of logits, with penalties of zero centre on data and samples',
  source: 'Huang et al. 2024 (R3GAN); Jolicoeur-Martineau 2019',
  networks: ['generator'],
  loss: 'relativistic',
  settings: { zeroCentred: zeroCentredPenalty({ weight: 1 }) },
  search: { 'zeroCentred.weight': logUniform(0.01, 30) },
  async load() {
    const { ganLosses, zeroCentred } = await import('./losses.ts');
    return zeroCentred(ganLosses, ['real', 'fake']);
  },
});
