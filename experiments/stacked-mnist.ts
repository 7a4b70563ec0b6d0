import {
  classCoverage,
  defineExperiment,
  images,
  pictureCpu,
  pictureDeviations,
  pictureHour,
  picturePaper,
  pictureR3gan,
  pictureSetting,
  pictureSmoke,
  uniform,
} from 'modebench';

/** Three digits as the channels of one picture: a thousand modes. */
export default defineExperiment({
  claim: 'Of a thousand modes plain GANs lose most; with the pair-wise gradient penalty most stay.',
  source: 'the benchmark of VEEGAN (Srivastava et al. 2017) and PacGAN (Lin et al. 2018)',
  data: images({ set: 'stacked-mnist', size: 28 }),
  ...pictureSetting,
  evaluation: { every: 5_000, samples: 26_000 },
  measures: [classCoverage()],
  presets: {
    smoke: pictureSmoke,
    // one evaluation, at the end: 26,000 samples take longer than the training
    cpu: { ...pictureCpu, evaluation: { every: 1_200, samples: 26_000 } },
    // an hour and a half on two cores for all methods, three seeds each
    hour: {
      ...pictureHour,
      latent: uniform({ dim: 32, low: -1, high: 1 }),
      evaluation: { every: 6_000, samples: 26_000 },
    },
    r3gan: { ...pictureR3gan, evaluation: { every: 5_000, samples: 26_000 } },
    paper: { ...picturePaper, evaluation: { every: 25_000, samples: 26_000 } },
  },
  deviations: [
    'the paper has no stacked MNIST; 26,000 samples and a classifier of digits as in the literature, whose nets and budgets differ from paper to paper',
    'stacks are drawn from the digits at hand (9,000 with the npm package, 60,000 with the full set)',
    'the preset r3gan has the loss, rate, batch and number of pictures of R3GAN, without its schedules of γ, rate and β₂; it reads digits at 28 px instead of 32, in residual nets of this project',
    ...pictureDeviations,
  ],
});
