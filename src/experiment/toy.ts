/** What every toy experiment shares, so that its own file says only what sets it apart. Plain data, to be spread. */

import { latentUniformity } from '../metrics/latent-uniformity.ts';
import { modeCoverage } from '../metrics/mode-coverage.ts';
import { reconstruction } from '../metrics/reconstruction.ts';
import { slicedWasserstein } from '../metrics/sliced-wasserstein.ts';
import { mlps } from '../nets/mlps.ts';
import { adam } from '../optimisers/optimiser-kinds.ts';
import { uniform } from '../priors/uniform.ts';
import { choice, logUniform } from '../schema/range.ts';
import type { MethodChoice, Preset, Sections } from './define.ts';

/** One setting of latent, nets, optimiser and budget for all methods. */
export const toySetting = {
  latent: uniform({ dim: 2, low: -1, high: 1 }),
  nets: mlps({ hidden: [64, 64, 64], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 8_000, batch: 128, optimiser: adam({ rate: 2e-3, beta1: 0, beta2: 0.99 }), average: 0.998 },
  methods: ['gan', 'wgan', { name: 'wgan-gp', penalty: { weight: 0.1 } }, 'bigan', 'bigan-l2', 'bigan-pgp'],
  measures: [modeCoverage(), slicedWasserstein({ projections: 50 }), reconstruction(), latentUniformity()],
} as const satisfies Omit<Sections, 'data'> & { readonly methods: readonly MethodChoice[] };

/** Seconds, a minute or two on a software GPU: enough to see that everything runs, too short to learn. */
export const toySmoke = {
  training: { steps: 50, batch: 32, average: 0.9 },
  evaluation: { every: 25, samples: 1_000 },
} as const satisfies Preset;

/** The authors' nets, latent, budget, loss (their `lol1`) and penalty. At 0.1 s a step a trial takes more than an hour. */
export const toyAuthors = {
  latent: uniform({ dim: 1, low: -1, high: 1 }),
  nets: mlps({ hidden: [512, 512, 512], activation: 'leaky-relu', slope: 0.2, initialiser: 'xavier-uniform' }),
  training: { steps: 40_000, batch: 256, optimiser: adam({ rate: 1e-4, beta1: 0.5, beta2: 0.9 }), average: 0 },
  methods: [
    'gan',
    'wgan',
    { name: 'wgan-gp', penalty: { weight: 0.1 } },
    { name: 'bigan', loss: 'linear' },
    { name: 'bigan-l2', loss: 'linear' },
    { name: 'bigan-pgp', loss: 'linear', penalty: { weight: 0.1, form: 'norm' } },
  ],
} as const satisfies Preset;

/** @param weight λ of the penalty. */
const imbalanceMethods = (weight: number) =>
  [
    'gan',
    'wgan',
    { name: 'wgan-gp', penalty: { weight: 0.1 } },
    'bigan',
    { name: 'bigan-l2', reconstruction: { weight: 0.1 } },
    { name: 'bigan-pgp', loss: 'logistic', penalty: { weight } },
    { name: 'rpgan-r1r2', zeroCentred: { weight: 0.3 } },
  ] as const;

/** For data with a heavy mode or rare ones: a stochastic encoder, wider nets, a longer budget, logistic losses; one setting for all methods. */
export const toyImbalance = {
  latent: uniform({ dim: 4, low: -1, high: 1 }),
  nets: mlps({ hidden: [128, 128, 128], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: {
    steps: 32_000,
    batch: 256,
    optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.99 }),
    average: 0.9995,
    cooldown: 0,
  },
  encoder: { noise: 4 },
  methods: imbalanceMethods(1),
} as const satisfies Preset;

/**
 * That setting with a quarter of the steps and three times the rate, which falls to 0 over the last three quarters: what is learned is in
 * proportion at the end.
 */
export const toyCooldown = {
  ...toyImbalance,
  training: {
    ...toyImbalance.training,
    steps: 8_000,
    optimiser: adam({ rate: 3e-3, beta1: 0, beta2: 0.99 }),
    average: 0.998,
    cooldown: 0.75,
  },
  methods: imbalanceMethods(0.3),
} as const satisfies Preset;

/** What data with a heavy mode or rare ones can be run at, whose setting is the one above. */
export const toyImbalancePresets = {
  smoke: { ...toySmoke, evaluation: { ...toySmoke.evaluation, samples: 2_000 } },
  stochastic: toyImbalance,
} as const satisfies Record<string, Preset>;

/** What every experiment on toys can be run at. */
export const toyPresets = {
  smoke: toySmoke,
  authors: toyAuthors,
  stochastic: toyImbalance,
  cooldown: toyCooldown,
} as const;

/** Where searches of toy experiments look, beside each method's own settings: the rate, how Adam remembers, steps of D to one of G. */
export const toySearch = {
  'training.optimiser.rate': logUniform(3e-4, 5e-3),
  'training.optimiser.beta1': choice(0, 0.5),
  'training.optimiser.beta2': choice(0.9, 0.99, 0.999),
  'critic.steps': choice(1, 2, 3, 5),
} as const;

/** Departures of the rivals from their papers on all toy data. */
export const toyRivalDeviations = [
  "wgan-gp has a penalty weight of 0.1, as its authors' own toy script, not the 10 of their article",
  'wgan trains with Adam like all others, where its paper has RMSProp 5e-5',
] as const;

/** Departures from the paper that toy experiments in one setting have in common. */
export const toyDeviations = [
  "budget and nets are small ones found by trial on seeds from 100 on (3 × 64, 8,000 steps, Adam 2e-3, β 0 and 0.99, evaluation on a moving average of 0.998), the same for every method; the authors' own are the preset authors",
  ...toyRivalDeviations,
] as const;
