import { adam, defineExperiment, gaussianLine, mlps, modeCoverage, normal, slicedWasserstein } from 'modebench';

/** One Gaussian on the line, filmed: G's histogram and D's curve chase each other. */
export default defineExperiment({
  claim: 'Even on one Gaussian a plain GAN finds the data and then sways about it instead of settling.',
  source: "'GAN learning visualization' (github.com/R-seny/time-to-reproduce), section 'Non-convergence'",
  data: gaussianLine({ centres: [3], std: 1 }),
  latent: normal({ dim: 1, std: 1 }),
  nets: mlps({ hidden: [64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 2_000, batch: 128, optimiser: adam({ rate: 1e-3, beta1: 0.5, beta2: 0.999 }) },
  methods: ['gan'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 1 })],
  film: { frames: 60 },
  presets: { smoke: { training: { steps: 200 }, evaluation: { samples: 1_000 } } },
  expects: { gan: { modesCaptured: { exactly: 1 } } },
  deviations: ["the study gives neither nets nor optimiser: these are small ones, and its frames' steps are not said"],
});
