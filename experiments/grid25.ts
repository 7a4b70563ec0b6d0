import { defineExperiment, gaussianGrid, toyDeviations, toyPresets, toySearch, toySetting } from 'modebench';

/** 25 Gaussians on a 5 × 5 grid: does the encoder-guided penalty keep every one of them? */
export default defineExperiment({
  claim: 'BiGAN loses modes; with the pair-wise gradient penalty it keeps all 25 on every seed.',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: gaussianGrid({ side: 5, spacing: 2, std: 0.05 }),
  ...toySetting,
  methods: [...toySetting.methods, { name: 'rpgan-r1r2', zeroCentred: { weight: 0.3 } }],
  presets: toyPresets,
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 25 } } },
  deviations: [
    "spacing 2 and σ 0.05 are VEEGAN's and PacGAN's, so that the published figures compare (the authors' own grid is grid25-tight)",
    'a 2-D latent where the authors show 1-D: a 1-D one does not reach 25 modes in this budget',
    'rpgan-r1r2 has γ 0.3, of 0.01, 0.03, 0.1, 0.3 and 1 on seed 100; any of them keeps every mode there',
    ...toyDeviations,
  ],
});
