import {
  defineExperiment,
  gaussianRings,
  toyAuthors,
  toyDeviations,
  toyPresets,
  toySearch,
  toySetting,
} from 'modebench';

/** 8 Gaussians on a ring, as VEEGAN and PacGAN define it. */
export default defineExperiment({
  claim: 'BiGAN loses modes of the ring; with the pair-wise gradient penalty it keeps all 8 on every seed.',
  source: 'Sharma & Namboodiri 2018, toy data; VEEGAN (Srivastava et al. 2017)',
  data: gaussianRings({ modes: 8, radii: [1], std: 0.01, scale: 4 }),
  ...toySetting,
  methods: [...toySetting.methods, { name: 'rpgan-r1r2', zeroCentred: { weight: 0.3 } }],
  presets: {
    ...toyPresets,
    authors: { ...toyAuthors, data: gaussianRings({ modes: 8, radii: [1], std: 0.01 }) },
  },
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 8 } } },
  deviations: [
    'networks see coordinates × 4, which have the spread of grid25 (2.83 a coordinate): the penalty asks for a slope of 1 in the units that networks see, so its weight means what the spread makes it mean',
    'a 2-D latent where the authors show 1-D',
    'rpgan-r1r2 has γ 0.3, of 0.01, 0.03, 0.1, 0.3 and 1 on seed 100; any of them keeps every mode there',
    ...toyDeviations,
  ],
});
