import {
  defineExperiment,
  gaussianRings,
  toyAuthors,
  toyDeviations,
  toyPresets,
  toySearch,
  toySetting,
} from 'modebench';

/** The authors' double ring: 8 modes at radius 1 and 8 at radius 2. */
export default defineExperiment({
  claim: 'The penalty keeps the modes of both rings, near ones and far ones.',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: gaussianRings({ modes: 8, radii: [1, 2], std: 0.01, scale: 2.53 }),
  ...toySetting,
  presets: {
    ...toyPresets,
    authors: { ...toyAuthors, data: gaussianRings({ modes: 8, radii: [1, 2], std: 0.01 }) },
  },
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 16 } } },
  deviations: [
    'networks see coordinates × 2.53, which have the spread of grid25 (2.83 a coordinate)',
    'a 2-D latent where the authors show 1-D',
    ...toyDeviations,
  ],
});
