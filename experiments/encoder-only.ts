import { adam, defineExperiment, gaussianGrid, latentSeparation, latentUniformity, mlps, uniform } from 'modebench';

/** The inverted generator: an encoder alone against a discriminator on z. How uniform does E(x) become, and are modes kept apart? */
export default defineExperiment({
  claim: 'An encoder trained against a discriminator of latents alone makes E(x) look like the prior.',
  source: "Sharma & Namboodiri 2018, the inverted generator of the authors' article",
  data: gaussianGrid({ side: 5, spacing: 2, std: 0.05 }),
  latent: uniform({ dim: 2, low: -1, high: 1 }),
  nets: mlps({ hidden: [64, 64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 8_000, batch: 128, optimiser: adam({ rate: 2e-3, beta1: 0, beta2: 0.99 }), average: 0.998 },
  methods: ['encoder-only'],
  measures: [latentUniformity(), latentSeparation()],
  presets: {
    smoke: { training: { steps: 200 }, evaluation: { samples: 1000 } },
    // The authors' nets, latent and budget. At 0.1 s a step a trial takes more than an hour.
    authors: {
      latent: uniform({ dim: 1, low: -1, high: 1 }),
      nets: mlps({ hidden: [512, 512, 512], activation: 'leaky-relu', slope: 0.2, initialiser: 'xavier-uniform' }),
      training: { steps: 40_000, batch: 256, optimiser: adam({ rate: 1e-4, beta1: 0.5, beta2: 0.9 }), average: 0 },
    },
  },
  deviations: [
    "budget and nets are small ones found by trial (3 × 64, 8,000 steps, Adam 2e-3, β 0 and 0.99, evaluation on a moving average of 0.998), the same for every method; the authors' own are the preset authors",
    'nothing in this objective keeps modes apart: whether they stay so is measured, not expected',
  ],
});
