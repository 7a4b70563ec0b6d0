import {
  attributeCoverage,
  defineExperiment,
  frechet,
  images,
  pictureCpu,
  pictureDeviations,
  picturePresetsAt,
  pictureSetting,
  ssim,
} from 'modebench';

/** Faces with forty attributes, some of them rare: which does a method keep, among samples and among reconstructions? */
export default defineExperiment({
  claim:
    'With the pair-wise gradient penalty rare attributes (hats, glasses) stay, and reconstructions keep the person.',
  source: 'Sharma & Namboodiri 2018, CelebA',
  data: images({ set: 'celeba', size: 64 }),
  ...pictureSetting,
  measures: [attributeCoverage(), frechet(), ssim()],
  presets: {
    ...picturePresetsAt('celeba', { smoke: 16, cpu: 32, paper: 128 }),
    shapes: { data: images({ set: 'shapes', size: 64 }) },
    'shapes-cpu': { ...pictureCpu, data: images({ set: 'shapes', size: 32 }) },
  },
  deviations: [
    'attributes are counted by a classifier that is trained on the data; the paper shows pictures',
    'the presets shapes and shapes-cpu train on simulated faces, for those who do not have CelebA; they say so',
    ...pictureDeviations,
  ],
});
