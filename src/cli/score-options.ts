/**
 * Declares the options of `score`: names, types and help. It imports nothing heavy; values are checked where they are
 * used.
 */
import type { Options } from 'yargs';
import { UsageError } from '../base/usage-error.ts';

export const scoreOptions = {
  against: {
    type: 'string',
    requiresArg: true,
    describe:
      "Experiment (npm run list), file of points, set of pictures (npm run data -- --list), or statistics of features (.npz of mu and sigma) to score against; default: the trial's own",
  },
  scorer: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'own, a classifier trained on that set, mobilenet, or an ONNX file with its JSON beside it (repeatable); default: own',
  },
  samples: {
    type: 'string',
    requiresArg: true,
    describe:
      "Samples to score, and examples to score them against; default: of points as many as the experiment's trials are evaluated on, of pictures 5000; or all where there are fewer",
  },
  size: {
    type: 'string',
    requiresArg: true,
    describe: 'Pixels a side that all are brought to; default: those that the trial or the pictures have',
  },
  splits: {
    type: 'string',
    requiresArg: true,
    describe: 'Parts that the Inception Score is averaged over; default: 10',
  },
  seed: { type: 'string', requiresArg: true, describe: 'Seed of all draws; default: 0' },
  data: { type: 'string', requiresArg: true, describe: 'Folder where prepared sets lie; default: data' },
  key: { type: 'string', requiresArg: true, describe: 'Array to take from a .npz that has several' },
  latent: {
    type: 'string',
    requiresArg: true,
    describe:
      "Law of an ONNX generator's z: uniform:2, uniform:2:0:1 or normal:64; default: normal, as long as its input",
  },
  modes: { type: 'string', requiresArg: true, describe: 'Modes of your own points: a column of labels in --against' },
  centres: { type: 'string', requiresArg: true, describe: 'Modes of your own points: a file of their centres' },
  std: { type: 'string', requiresArg: true, describe: 'Standard deviation of the modes at --centres' },
  clusters: { type: 'string', requiresArg: true, describe: 'Modes of your own points: so many clusters (k-means)' },
  'group-by': {
    type: 'string',
    requiresArg: true,
    describe: "Names method and seed in the files' paths: '{method}/seed{seed}.npy'; default: all are one method",
  },
  name: {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the method where no {method} says it; default: samples',
  },
  keep: {
    type: 'boolean',
    describe: 'Keep rows of points in the store, so that report draws them beside the methods here',
  },
  expect: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      "Exit with 1 unless a score is so good: modesCaptured=25, 'highQuality>=0.9', 'reverseKL<=0.1' (repeatable)",
  },
  json: { type: 'boolean', describe: 'One JSON document on stdout, with every condition' },
  csv: { type: 'string', requiresArg: true, describe: 'Also write the scores to this file, a row each' },
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ScoreArguments {
  /** A trial's folder, a folder of pictures, or files of points; patterns may stand for some. */
  readonly what: string | readonly string[];
  readonly against?: string;
  readonly scorer?: string | readonly string[];
  readonly samples?: string;
  readonly size?: string;
  readonly splits?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly store?: string;
  readonly key?: string;
  readonly latent?: string;
  readonly modes?: string;
  readonly centres?: string;
  readonly std?: string;
  readonly clusters?: string;
  readonly 'group-by'?: string;
  readonly name?: string;
  readonly keep?: boolean;
  readonly expect?: readonly string[];
  readonly json?: boolean;
  readonly csv?: string;
}

/** Options that go with one kind of what is scored alone. */
const ownOptions = {
  pictures: ['scorer', 'size', 'splits', 'csv'],
  points: ['latent', 'modes', 'centres', 'std', 'clusters', 'group-by', 'name', 'keep'],
} as const satisfies Record<string, readonly (keyof ScoreArguments)[]>;
type Kind = keyof typeof ownOptions;

/** Throws UsageError for an option that is of the other kind. */
export function refuseOptionsOf(other: Kind, given: ScoreArguments, but: readonly string[] = []): void {
  const found = ownOptions[other].find((name) => given[name] !== undefined && !but.includes(name));
  const scored = other === 'points' ? 'pictures' : 'points';
  if (found !== undefined) throw new UsageError(`--${found}: of ${other}; ${scored} are scored without it`);
}
