import {
  curveCoverage,
  defineExperiment,
  latentUniformity,
  reconstruction,
  slicedWasserstein,
  swissRoll,
  toyAuthors,
  toyDeviations,
  toyPresets,
  toySearch,
  toySetting,
} from 'modebench';

/** A noisy spiral: one connected mode that a generator may still cover only in part. */
export default defineExperiment({
  claim: 'With the pair-wise gradient penalty samples cover the roll from end to end.',
  source: 'Sharma & Namboodiri 2018, toy data',
  data: swissRoll({ turns: 1.5, inner: 2 / 3, outer: 2, std: 0.01, scale: 2.88 }),
  ...toySetting,
  measures: [
    curveCoverage({ bins: 100 }),
    slicedWasserstein({ projections: 50 }),
    reconstruction(),
    latentUniformity(),
  ],
  presets: {
    ...toyPresets,
    authors: { ...toyAuthors, data: swissRoll({ turns: 1.5, inner: 2 / 3, outer: 2, std: 0.01 }) },
  },
  search: toySearch,
  searchFor: 'curveCovered',
  deviations: [
    "the authors draw the roll's 1,000 points at random (scikit-learn's make_swiss_roll, scaled to ±2); here the curve itself is the data, with the same radii and turns",
    'networks see coordinates × 2.88, which have the spread of grid25 (2.83 a coordinate)',
    ...toyDeviations,
  ],
});
