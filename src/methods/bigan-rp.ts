/** BiGAN with relativistic pairs and R₁ and R₂ penalties: the loss of R3GAN on pairs (x, z). */
import { logUniform } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { zeroCentredPenalty } from './sections.ts';

/**
 *     D = D(x, E(x)),  D̃ = D(G(z), z)
 *     L_D = mean softplus(−(D − D̃)) + γ/2 · (mean ‖∇D‖² + mean ‖∇D̃‖²)        L_G + L_E = mean softplus(−(D̃ − D))
 *
 * with gradients over both sides of a pair; γ is `zeroCentred.weight`. G and E are updated together, on one loss.
 *
 * Deviations: 1. neither source has it: it is R3GAN's loss in BiGAN's place, for comparison with the pair-wise penalty.
 */
export const biganRp = defineMethod({
  name: 'bigan-rp',
  family: 'modern',
  description: 'BiGAN on relativistic pairs of logits, with penalties of zero centre on (x, z)',
  source: 'Huang et al. 2024 and Donahue, Krähenbühl & Darrell 2017, joined here',
  networks: ['generator', 'encoder'],
  loss: 'relativistic',
  settings: { zeroCentred: zeroCentredPenalty({ weight: 1 }) },
  search: { 'zeroCentred.weight': logUniform(0.01, 30) },
  async load() {
    const { biganLosses, zeroCentred } = await import('./losses.ts');
    return zeroCentred(biganLosses, ['real', 'fake']);
  },
});
