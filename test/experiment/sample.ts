/** A small experiment for tests of specs and stores; nothing here is trained. */
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { Experiment } from '../../src/experiment/define.ts';
import { adam, gaussianGrid, mlps, modeCoverage, slicedWasserstein, uniform } from '../../src/modebench.ts';

export const sampleExperiment: Experiment = {
  name: 'sample',
  catalogue: builtIn,
  claim: 'tests pass',
  source: 'this test',
  data: gaussianGrid({ side: 3, spacing: 2, std: 0.05 }),
  latent: uniform({ dim: 2, low: -1, high: 1 }),
  nets: mlps({ hidden: [64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 1000, batch: 32, optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.99 }) },
  methods: ['gan', 'wgan', { name: 'wgan-gp', penalty: { weight: 0.1 } }, 'bigan', 'bigan-l2', 'bigan-pgp'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 10 })],
  presets: {
    smoke: { training: { steps: 20 }, evaluation: { samples: 100 } },
    narrow: {
      methods: ['bigan', { name: 'bigan-pgp', penalty: { weight: 3 } }],
      latent: uniform({ dim: 1, low: 0, high: 1 }),
    },
  },
};
