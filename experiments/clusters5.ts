import { adam, defineExperiment, gaussianClusters, mlps, modeCoverage, normal, slicedWasserstein } from 'modebench';

/** Five clusters in the plane and a plain GAN for 2,000 updates, filmed: what D forgets, G comes back to. */
export default defineExperiment({
  claim:
    "D's peak at a cluster grows while G is away and falls once G is there: G moves from cluster to cluster and misses some at the end.",
  source: "'GAN learning visualization' (github.com/R-seny/time-to-reproduce), section 'Moving to 2D'",
  data: gaussianClusters({
    centres: [
      [-3, -2.5],
      [-2.5, 2.5],
      [0, 0.5],
      [3, 2.5],
      [2.5, -3],
    ],
    std: 0.3,
  }),
  latent: normal({ dim: 2, std: 1 }),
  nets: mlps({ hidden: [64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 2_000, batch: 128, optimiser: adam({ rate: 2e-3, beta1: 0.9, beta2: 0.999 }) },
  methods: ['gan'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 50 })],
  film: { frames: 60 },
  presets: { smoke: { training: { steps: 200 }, evaluation: { samples: 1_000 } } },
  deviations: [
    'the study gives neither nets nor optimiser, nor where its clusters lie: small nets and a quick Adam with momentum, found by trial on seeds from 100 on',
  ],
});
