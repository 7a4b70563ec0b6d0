/**
 * Declares the options of `latent`: names, types and help. It imports nothing heavy; values are checked where they are
 * used.
 */
import type { Options } from 'yargs';

export const latentOptions = {
  between: {
    type: 'string',
    requiresArg: true,
    describe: 'interpolate: pictures to go between, a.png,b.png: their E(x)',
  },
  points: { type: 'string', requiresArg: true, describe: 'interpolate: draws of the prior to go between; default: 6' },
  steps: {
    type: 'string',
    requiresArg: true,
    describe: 'interpolate: pictures of a leg; default: 10. traverse: values of a dimension; default: 9',
  },
  path: {
    type: 'string',
    requiresArg: true,
    describe: 'interpolate: linear or spherical; default: spherical for a normal prior, else linear',
  },
  pictures: {
    type: 'string',
    requiresArg: true,
    describe: 'reconstruct, invert: a folder or files, separated by commas; default: held-out examples of the data',
  },
  count: {
    type: 'string',
    requiresArg: true,
    describe: 'reconstruct, invert: how many pictures; default: 30 and 8',
  },
  iterations: { type: 'string', requiresArg: true, describe: 'invert: steps of the descent; default: 300' },
  rate: { type: 'string', requiresArg: true, describe: "invert: Adam's rate at the start; default: 0.05" },
  start: {
    type: 'string',
    requiresArg: true,
    describe: 'invert: random, encoder or both; default: both where there is an encoder, else random',
  },
  features: {
    type: 'string',
    requiresArg: true,
    describe: "invert: weight of the distance between a classifier's features; 0 for pixels alone; default: 0.1",
  },
  dimensions: {
    type: 'string',
    requiresArg: true,
    describe: 'traverse: dimensions of z, 0,1,2; default: the first ten',
  },
  range: {
    type: 'string',
    requiresArg: true,
    describe: 'traverse: how far; 1 is to the bounds of the prior, or to two standard deviations; default: 1',
  },
  seed: { type: 'string', requiresArg: true, describe: 'Seed of all draws; default: 0' },
  prior: {
    type: 'string',
    requiresArg: true,
    describe: 'Of a generator.onnx alone: uniform on [-1, 1) or normal; default: uniform',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the files; default: reports/<experiment>/latent/<trial id>',
  },
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures (npm run data); default: data' },
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
} as const satisfies Record<string, Options>;

/** Which of them each exploration takes, besides those that all take: `seed`, `prior`, `out`, `data`, `store`. */
export const latentTakes = {
  interpolate: ['between', 'points', 'steps', 'path'],
  reconstruct: ['pictures', 'count'],
  invert: ['pictures', 'count', 'iterations', 'rate', 'start', 'features'],
  traverse: ['dimensions', 'steps', 'range'],
} as const satisfies Record<string, readonly (keyof typeof latentOptions)[]>;

export type LatentWhat = keyof typeof latentTakes;

/** What yargs makes of them. */
export type LatentArguments = { readonly what: string; readonly trial: string } & {
  readonly [Name in keyof typeof latentOptions]?: string;
};
