import { adam, defineExperiment, gaussianLine, mlps, modeCoverage, normal, slicedWasserstein } from 'modebench';

/** Several Gaussians on the line, filmed: G moves from mode to mode, D forgets and learns again. */
export default defineExperiment({
  claim:
    'On several modes a plain GAN leaves some out for long, or for good, and its share of the others keeps moving.',
  source: "'GAN learning visualization' (github.com/R-seny/time-to-reproduce), section 'Mode collapse'",
  data: gaussianLine({ centres: [-6, -2, 2, 6], std: 0.2 }),
  latent: normal({ dim: 1, std: 1 }),
  nets: mlps({ hidden: [64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 4_000, batch: 128, optimiser: adam({ rate: 2e-3, beta1: 0.9, beta2: 0.999 }) },
  methods: ['gan'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 1 })],
  film: { frames: 60 },
  presets: { smoke: { training: { steps: 200 }, evaluation: { samples: 1_000 } } },
  deviations: [
    'the study gives neither nets nor optimiser, nor where its modes lie: small nets and a quick Adam with momentum, found by trial on seeds from 100 on',
  ],
});
