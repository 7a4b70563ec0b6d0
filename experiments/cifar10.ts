import {
  adam,
  birthday,
  classCoverage,
  dcgan,
  defineExperiment,
  frechet,
  images,
  inceptionScore,
  kernel,
  ndb,
  normal,
  pictureDeviations,
  picturePresets,
  pictureSetting,
  prdc,
  ssim,
} from 'modebench';

/** CIFAR-10 with every score that the field has; give Inception-v3 with --scorer for figures that compare with papers. */
export default defineExperiment({
  claim: 'With the pair-wise gradient penalty a BiGAN reconstructs CIFAR-10 better and samples as well as the others.',
  source: 'Sharma & Namboodiri 2018, CIFAR-10',
  data: images({ set: 'cifar10', size: 32 }),
  ...pictureSetting,
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
  presets: {
    ...picturePresets,
    // the setting of a published comparison of GANs in one small CNN: docs/pictures.md
    anchor: {
      latent: normal({ dim: 100, std: 1 }),
      nets: dcgan({ width: 256 }),
      training: { steps: 8_000, batch: 512, optimiser: adam({ rate: 8e-4, beta1: 0.5, beta2: 0.999 }), average: 0 },
      evaluation: { every: 4_000, samples: 50_000 },
      methods: [
        { name: 'gan', critic: { steps: 5 } },
        {
          name: 'wgan-gp',
          penalty: { weight: 10 },
          critic: { steps: 5 },
          training: { optimiser: adam({ rate: 8e-4, beta1: 0.5, beta2: 0.9 }) },
        },
      ],
    },
  },
  deviations: [
    "scores are those of the project's own classifier unless --scorer names another: they do not compare with published ones",
    'the preset anchor has the generator, latent, optimiser, batch and steps of xyfJASON/gans-pytorch; D there has batch normalisation, and a convolution where D here has two dense layers',
    ...pictureDeviations,
  ],
});
