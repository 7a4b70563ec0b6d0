/** A GAN with a guided latent space: a subspace of z for every class, and a classifier that says whether G keeps to it. */
import { UsageError } from '../base/usage-error.ts';
import { nonNegative } from '../schema/fields.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0)
 *     L_G = BCE(D(G(z)), 1) + w_c · CE(C(G(z)), c) + w_v · mean over classes of (s_c / S_c − 1)²
 *
 * after a study on mode collapse and guided latent spaces: a classifier C is trained first and stays as it is; z has one
 * block of numbers a class, of which only that of its class c is not 0 (the latent `split`); the cross-entropy keeps G to
 * the class, and the last term keeps it from giving one example for all of it: s_c is the standard deviation of C's
 * features over the batch's examples of class c, averaged over features, S_c the same of the data. w_c is
 * `guidance.classification`, w_v `guidance.variety`.
 *
 * Deviations: 1. the study leaves the statistical term open ("variances equal to the real data variance as measured by the
 * classifier"); this is that, relative, so that classes weigh alike. 2. The standard deviation stands for the variance,
 * whose gradient vanishes where a class has collapsed. 3. Classes of fewer than two examples in a batch are left out.
 */
export const guided = defineMethod({
  name: 'guided',
  family: 'special',
  description: 'a GAN whose latent has a subspace for every class, guided by a classifier',
  source: 'the study on guided latent spaces',
  networks: ['generator'],
  settings: {
    guidance: methodSection({ classification: nonNegative, variety: nonNegative }, { classification: 1, variety: 1 }),
  },
  needsGuide: true,
  check({ latent }) {
    if (latent.kind !== 'split')
      throw new UsageError(`latent: guided needs { kind: 'split', … }, a block of numbers a class; got ${latent.kind}`);
  },
  load: async () => (await import('./guided-losses.ts')).guidedLosses,
});
