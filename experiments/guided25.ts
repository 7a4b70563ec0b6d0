import {
  defineExperiment,
  gaussianGrid,
  guidance,
  modeCoverage,
  slicedWasserstein,
  split,
  toyDeviations,
  toySetting,
  toySmoke,
} from 'modebench';

/** Guided latent spaces in the plane: a subspace of z for each of the 25 modes, and a classifier of modes that keeps G to it. */
export default defineExperiment({
  claim: 'With a subspace a mode and a classifier to guide it, a plain GAN keeps all 25.',
  source: 'a study on mode collapse and guided latent spaces, on the toy data of Sharma & Namboodiri 2018',
  data: gaussianGrid({ side: 5, spacing: 2, std: 0.05 }),
  ...toySetting,
  latent: split({ classes: 25, dim: 50, low: -1, high: 1 }),
  methods: ['gan', 'guided'],
  measures: [modeCoverage(), guidance(), slicedWasserstein({ projections: 50 })],
  presets: { smoke: toySmoke },
  deviations: [
    'the study is about MNIST: here a mode is a class, and the classifier a perceptron that is trained on the grid first',
    'the classifier knows the modes: this is a method with labels, and no rival of those without',
    toyDeviations[0],
  ],
});
