import {
  classCoverage,
  defineExperiment,
  frechet,
  guidance,
  images,
  pictureCpu,
  pictureDeviations,
  pictureHour,
  picturePaper,
  pictureSetting,
  pictureSmoke,
  split,
} from 'modebench';

/** A guided latent space: a subspace of z for every digit, and a classifier that keeps G to it. */
export default defineExperiment({
  claim: 'Guided by a classifier, G gives every digit from its own subspace, and keeps the variety within each.',
  source: 'a study on mode collapse and guided latent spaces (MNIST)',
  data: images({ set: 'mnist', size: 28 }),
  ...pictureSetting,
  latent: split({ classes: 10, dim: 100, low: -1, high: 1 }),
  methods: ['gan', 'guided'],
  measures: [classCoverage(), guidance(), frechet()],
  presets: {
    smoke: { ...pictureSmoke, latent: split({ classes: 10, dim: 20, low: -1, high: 1 }) },
    cpu: { ...pictureCpu, latent: split({ classes: 10, dim: 100, low: -1, high: 1 }), methods: ['gan', 'guided'] },
    hour: { ...pictureHour, latent: split({ classes: 10, dim: 100, low: -1, high: 1 }), methods: ['gan', 'guided'] },
    paper: { ...picturePaper, latent: split({ classes: 10, dim: 200, low: -1, high: 1 }) },
  },
  deviations: [
    'the study gives no sizes, weights or budget: those are this project’s',
    'the scorer is the very classifier that guides: the share of the intended class is what G was trained for',
    'ablate a term with --set guidance.classification=0 or --set guidance.variety=0 (or sweep: --sweep guidance.variety=0,1)',
    pictureDeviations[2],
  ],
});
