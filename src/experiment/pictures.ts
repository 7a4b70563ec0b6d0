/** What every experiment on pictures shares, so that its own file says only what sets it apart. Plain data, to be spread. */

import { images } from '../datasets/pictures/images.ts';
import { dcgan } from '../nets/dcgans.ts';
import { resnet } from '../nets/resnets.ts';
import { adam } from '../optimisers/optimiser-kinds.ts';
import { normal } from '../priors/normal.ts';
import { uniform } from '../priors/uniform.ts';
import { type MethodChoice, type Preset, type Sections, scorer } from './define.ts';

/** The paper's six. WGAN-GP has its own paper's λ on pictures, bigan-pgp 1 (the authors' on pictures too). */
const methods = [
  'gan',
  'wgan',
  { name: 'wgan-gp', penalty: { weight: 10 } },
  'bigan',
  'bigan-l2',
  'bigan-pgp',
] as const satisfies readonly MethodChoice[];

/** One setting of latent, nets, optimiser, budget and scorer for all methods: for a GPU, or for a night on a processor. */
export const pictureSetting = {
  latent: uniform({ dim: 64, low: -1, high: 1 }),
  nets: dcgan({ width: 32 }),
  training: { steps: 20_000, batch: 64, optimiser: adam({ rate: 2e-4, beta1: 0.5, beta2: 0.9 }), average: 0.999 },
  evaluation: { every: 2_000, samples: 2_000 },
  methods,
  scorer: scorer(),
} as const satisfies Omit<Sections, 'data' | 'measures'> & { readonly methods: readonly MethodChoice[] };

/** Seconds: enough to see that everything runs, too short to learn. */
export const pictureSmoke = {
  latent: uniform({ dim: 8, low: -1, high: 1 }),
  nets: dcgan({ width: 2 }),
  training: { steps: 8, batch: 4, average: 0.5 },
  evaluation: { every: 4, samples: 120 },
} as const satisfies Preset;

/** Two cores and minutes: narrow nets, few steps, and two critic steps instead of five, which would take most of the time. */
export const pictureCpu = {
  latent: uniform({ dim: 32, low: -1, high: 1 }),
  nets: dcgan({ width: 16 }),
  training: { steps: 1_200, batch: 32, optimiser: adam({ rate: 5e-4, beta1: 0.5, beta2: 0.9 }), average: 0.99 },
  evaluation: { every: 300, samples: 1_000 },
  methods: [
    'gan',
    { name: 'wgan', critic: { steps: 2 } },
    { name: 'wgan-gp', penalty: { weight: 10 }, critic: { steps: 2 } },
    'bigan',
    'bigan-l2',
    'bigan-pgp',
  ],
} as const satisfies Preset;

/**
 * Small pictures, long enough to learn rare ones: two cores and some tens of minutes to an hour for all methods. Adam as on the toys, one
 * critic step for everybody, a stochastic encoder, and logistic losses where the method has a choice.
 */
export const pictureRare = {
  latent: uniform({ dim: 16, low: -1, high: 1 }),
  nets: dcgan({ width: 16 }),
  training: { steps: 12_000, batch: 32, optimiser: adam({ rate: 5e-4, beta1: 0, beta2: 0.99 }), average: 0.998 },
  encoder: { noise: 4 },
  evaluation: { every: 3_000, samples: 2_000 },
  methods: [
    'gan',
    { name: 'wgan', critic: { steps: 1 } },
    { name: 'wgan-gp', penalty: { weight: 10 }, critic: { steps: 1 } },
    'bigan',
    'bigan-l2',
    { name: 'bigan-pgp', loss: 'logistic' },
    { name: 'rpgan-r1r2', zeroCentred: { weight: 1 } },
  ],
} as const satisfies Preset;

/** Half of that budget, for pictures of 28 and 32 px: about an hour on two cores for all methods on three seeds. */
export const pictureHour = {
  ...pictureRare,
  training: { ...pictureRare.training, steps: 6_000 },
  evaluation: { every: 1_500, samples: 2_000 },
} as const satisfies Preset;

/** R3GAN's setting of stacked MNIST, for a GPU: a small ResNet without normalisation, 10 million pictures in batches of 512. */
export const pictureR3gan = {
  latent: normal({ dim: 64, std: 1 }),
  nets: resnet({ width: 64 }),
  training: { steps: 20_000, batch: 512, optimiser: adam({ rate: 2e-4, beta1: 0, beta2: 0.99 }), average: 0.999 },
  encoder: { noise: 4 },
  methods: pictureRare.methods,
} as const satisfies Preset;

/** The authors' nets, latent, optimiser and batch (64 on each of four GPUs); for a GPU. */
export const picturePaper = {
  latent: uniform({ dim: 128, low: -1, high: 1 }),
  nets: dcgan({ width: 64 }),
  training: { steps: 125_000, batch: 64, optimiser: adam({ rate: 1e-4, beta1: 0.5, beta2: 0.9 }), average: 0 },
  evaluation: { every: 5_000, samples: 5_000 },
} as const satisfies Preset;

/** What every experiment on pictures can be run at; `hour`: two cores, all methods on three seeds. */
export const picturePresets = { smoke: pictureSmoke, cpu: pictureCpu, hour: pictureHour, paper: picturePaper } as const;

/** The same for a set that can be had at several sizes: at so many pixels each, `hour` as `cpu`. */
export const picturePresetsAt = (set: string, sizes: { smoke: number; cpu: number; paper: number }) => ({
  smoke: { ...pictureSmoke, data: images({ set, size: sizes.smoke }) },
  cpu: { ...pictureCpu, data: images({ set, size: sizes.cpu }) },
  hour: { ...pictureHour, data: images({ set, size: sizes.cpu }) },
  paper: { ...picturePaper, data: images({ set, size: sizes.paper }) },
});

/** Departures from the paper that all experiments on pictures have in common. */
export const pictureDeviations = [
  'the default is a 64-D latent, 32 channels and 20,000 steps with a moving average of the weights; the authors trained 128-D, 64 channels, 160 epochs of four times 64 pictures and evaluated the weights as they are: the preset paper, of which one batch of 64 remains',
  "bigan-pgp's discriminator is trained with Wasserstein losses, as on the toy data; the authors used lol1 (CIFAR-10) and lol2 (CelebA)",
  'weights start after Glorot, batch normalisation keeps a tenth of every batch of G(z) and E(x) for evaluation; the authors say neither',
] as const;
