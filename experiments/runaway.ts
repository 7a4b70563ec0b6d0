import { adam, defineExperiment, gaussianLine, mlps, modeCoverage, normal, slicedWasserstein } from 'modebench';

/** The failure that ends all learning: G overshoots far data, D goes flat meanwhile, and no gradient leads back. */
export default defineExperiment({
  claim: 'G leaves the data and never returns: D has gone flat, and the gradient of G is 0 from then on.',
  source: "'GAN learning visualization' (github.com/R-seny/time-to-reproduce), section 'Failure cases'",
  data: gaussianLine({ centres: [8], std: 0.5 }),
  latent: normal({ dim: 1, std: 1 }),
  nets: mlps({ hidden: [16, 16], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 3_000, batch: 128, optimiser: adam({ rate: 2e-2, beta1: 0.9, beta2: 0.999 }) },
  methods: ['gan'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 1 })],
  film: { frames: 60 },
  presets: { smoke: { training: { steps: 200 }, evaluation: { samples: 1_000 } } },
  expects: { gan: { modesCaptured: { exactly: 0 } } },
  deviations: [
    'the study shows one such run and not its setting: data 16σ from where G starts, small ReLU nets and steps that are too large bring it about; on seeds 100 to 119, where it was found, all 20 end with a gradient of 0, and 16 without a sample at the data',
    'in the study D stays sure of the data and goes flat about it; here its units die until it says the same of every place',
  ],
});
