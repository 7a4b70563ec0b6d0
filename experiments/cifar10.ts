import {
  birthday,
  classCoverage,
  defineExperiment,
  frechet,
  images,
  inceptionScore,
  kernel,
  ndb,
  pictureCpu,
  pictureDeviations,
  picturePaper,
  pictureSetting,
  pictureSmoke,
  prdc,
  scorer,
  ssim,
} from 'modebench';

/** CIFAR-10 with every score that the field has; give Inception-v3 with --scorer for figures that compare with papers. */
export default defineExperiment({
  claim: 'With the pair-wise gradient penalty a BiGAN reconstructs CIFAR-10 better and samples as well as the others.',
  source: 'Sharma & Namboodiri 2018, CIFAR-10',
  data: images({ set: 'cifar10', size: 32 }),
  ...pictureSetting,
  scorer: scorer(),
  measures: [
    classCoverage(),
    inceptionScore({ splits: 10 }),
    frechet(),
    kernel({ subsets: 50, size: 500 }),
    prdc({ neighbours: 5 }),
    ndb({ bins: 50 }),
    birthday(),
    ssim(),
  ],
  presets: { smoke: pictureSmoke, cpu: pictureCpu, paper: picturePaper },
  deviations: [
    "scores are those of the project's own classifier unless --scorer names another: they do not compare with published ones",
    ...pictureDeviations,
  ],
});
