import {
  defineExperiment,
  gaussianGrid,
  latentSeparation,
  latentUniformity,
  toyAuthors,
  toyDeviations,
  toySetting,
  toySmoke,
} from 'modebench';

/** The inverted generator: an encoder alone against a discriminator on z. How uniform does E(x) become, and are modes kept apart? */
export default defineExperiment({
  claim: 'An encoder trained against a discriminator of latents alone makes E(x) look like the prior.',
  source: "Sharma & Namboodiri 2018, the inverted generator of the authors' article",
  data: gaussianGrid({ side: 5, spacing: 2, std: 0.05 }),
  ...toySetting,
  methods: ['encoder-only'],
  measures: [latentUniformity(), latentSeparation()],
  presets: { smoke: toySmoke, authors: { ...toyAuthors, methods: ['encoder-only'] } },
  deviations: [
    toyDeviations[0],
    'nothing in this objective keeps modes apart: whether they stay so is measured, not expected',
  ],
});
