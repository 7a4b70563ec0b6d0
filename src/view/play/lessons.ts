/** Prepared starts of the bench for a class: each shows one thing, and says in a sentence what to look at. Pure, and shared with the page. */

interface Lesson {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  /** The address of the bench. */
  readonly options: Readonly<Record<string, string>>;
}

export const lessons: readonly Lesson[] = [
  {
    name: 'lost',
    title: 'Modes are lost',
    says: 'One mode of eight has most of the data. A GAN settles on it within some hundred steps; then the gradient of G fades, and nothing leads to the seven others.',
    options: { a: 'heavy-ring8/gan', hide: 'latents,settings,keep,data' },
  },
  {
    name: 'line',
    title: 'The gradient along the line',
    says: 'Between a reconstruction x̂ and its x the penalty asks the gradient of D to point along the line to x, with slope 1. Compare D’s map and the arrows with those of BiGAN, which asks nothing of the gradient.',
    options: {
      a: 'ring8/bigan-pgp',
      b: 'ring8/bigan',
      arrows: 'on',
      rebuilt: 'on',
      samples: 'off',
      hide: 'latents,data,keep',
    },
  },
  {
    name: 'forgetting',
    title: 'Forgetting',
    says: 'G moves its samples from mode to mode; D follows, and forgets what it knew of the modes that were left. The shares of the four modes keep moving, however long it trains.',
    options: { a: 'line-multi/gan', hide: 'latents,settings,keep,data' },
  },
  {
    name: 'runaway',
    title: 'Runaway',
    says: 'Steps are too large: G shoots past the data, D goes flat meanwhile, and the gradient of G is 0 from then on. It happens in the first 250 steps: play them slowly.',
    options: { a: 'runaway/gan', hide: 'latents,modes,lines,keep,data' },
  },
  {
    name: 'prior',
    title: 'The encoder that cannot fill the prior',
    says: 'An encoder alone is trained against a D of latents. E(x) of 25 small modes is 25 small images in the square; with noise beside x it has something to fill the square with.',
    options: {
      a: 'encoder-only/encoder-only',
      b: 'encoder-only/encoder-only encoder.noise=4',
      hide: 'modes,keep,data',
    },
  },
];
