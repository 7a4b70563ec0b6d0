/** SNGAN (Miyato et al. 2018): every weight of D is divided by its largest singular value. */
import { count } from '../schema/fields.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

/**
 *     L_D = max(0, 1 − D(x)) + max(0, 1 + D(G(z)))        L_G = −D(G(z))        W̄ = W / σ(W)
 *
 * σ(W) by `spectral.iterations` power iterations; a kernel of convolutions is the matrix of its outputs by all else.
 *
 * Deviations: 1. power iterations start anew from a fixed vector at every look at D, where its authors keep one vector from
 * step to step and iterate once: so D is a function of its parameters, and three iterations are the default. 2. the vectors
 * are constants where D is differentiated, as in the authors' code. 3. the optimiser is the experiment's.
 */
export const sngan = defineMethod({
  name: 'sngan',
  family: 'stability',
  description: 'hinge losses, and weights of D divided by their largest singular value',
  source: 'Miyato et al. 2018',
  networks: ['generator'],
  loss: 'hinge',
  critic: { steps: 5, clip: 0 },
  settings: { spectral: methodSection({ iterations: count }, { iterations: 3 }) },
  async load() {
    const [{ ganLosses }, { spectrallyNormalised }] = await Promise.all([
      import('./losses.ts'),
      import('./spectral-norm.ts'),
    ]);
    return {
      ...ganLosses,
      discriminatorWeights: (tensors, { spectral }) =>
        tensors.map((tensor) => (tensor.rank < 2 ? tensor : spectrallyNormalised(tensor, spectral.iterations))),
    };
  },
});
