import { defineExperiment, gaussianLine, toyDeviations, toyPresets, toySearch, toySetting, uniform } from 'modebench';

/** One-dimensional data: five modes close together and two far ones, with a 1-D latent. */
export default defineExperiment({
  claim: 'The penalty finds the two far modes, which BiGAN leaves out.',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: gaussianLine({ centres: [-5, -0.5, -0.25, 0, 0.25, 0.5, 5], std: 0.01 }),
  ...toySetting,
  latent: uniform({ dim: 1, low: -1, high: 1 }),
  film: { frames: 48, methods: ['bigan', 'bigan-pgp'] },
  presets: toyPresets,
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 7 } } },
  deviations: ["no scale: the data's spread (2.69) is about that of grid25 (2.83) as it stands", ...toyDeviations],
});
