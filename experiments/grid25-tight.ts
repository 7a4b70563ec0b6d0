import {
  defineExperiment,
  gaussianGrid,
  toyAuthors,
  toyDeviations,
  toyPresets,
  toySearch,
  toySetting,
} from 'modebench';

/** The authors' own 5 × 5 grid: half the spacing of grid25, a fifth of its σ. */
export default defineExperiment({
  claim: 'The penalty keeps all 25 modes when they are far narrower against their spacing (1 : 100).',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: gaussianGrid({ side: 5, spacing: 1, std: 0.01, scale: 2 }),
  ...toySetting,
  presets: {
    ...toyPresets,
    authors: { ...toyAuthors, data: gaussianGrid({ side: 5, spacing: 1, std: 0.01 }) },
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
