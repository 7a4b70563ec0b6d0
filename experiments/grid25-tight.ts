import {
  adam,
  defineExperiment,
  gaussianGrid,
  toyAuthors,
  toyDeviations,
  toyPresets,
  toySearch,
  toySetting,
} from 'modebench';

/** All of the authors' setting: their grid, nets, 1-D latent, budget, losses and penalty. */
const authors = { ...toyAuthors, data: gaussianGrid({ side: 5, spacing: 1, std: 0.01 }) };

/** The authors' own 5 × 5 grid: half the spacing of grid25, a fifth of its σ. */
export default defineExperiment({
  claim: 'The penalty keeps all 25 modes when they are far narrower against their spacing (1 : 100).',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: gaussianGrid({ side: 5, spacing: 1, std: 0.01, scale: 2 }),
  ...toySetting,
  presets: {
    ...toyPresets,
    authors,
    // what this project learned, in that setting: a noise for E, another Adam whose rate falls, an average of the weights
    'authors-stochastic': {
      ...authors,
      encoder: { noise: 4 },
      training: {
        ...authors.training,
        optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.99 }),
        average: 0.998,
        cooldown: 0.75,
      },
    },
  },
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 25 } } },
  deviations: [
    'networks see coordinates × 2, which have the spread of grid25 (2.83 a coordinate)',
    'a 2-D latent where the authors show 1-D: a 1-D one does not reach 25 modes in this budget',
    ...toyDeviations,
  ],
});
