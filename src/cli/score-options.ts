/**
 * Declares the options of `score`: names, types and help. It imports nothing heavy; values are checked where they are
 * used.
 */
import type { Options } from 'yargs';

export const scoreOptions = {
  against: {
    type: 'string',
    requiresArg: true,
    describe: "Set of pictures to score against (npm run data -- --list); default: the trial's own",
  },
  scorer: {
    type: 'string',
    requiresArg: true,
    describe: 'own, a classifier trained on that set, or an ONNX file with its JSON beside it; default: own',
  },
  samples: {
    type: 'string',
    requiresArg: true,
    describe: 'Pictures to score, and examples to score them against; default: 5000, or all where there are fewer',
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
  json: { type: 'boolean', describe: 'One JSON document on stdout, with every condition' },
  csv: { type: 'string', requiresArg: true, describe: 'Also write the scores to this file, a row each' },
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ScoreArguments {
  /** A trial's folder, or a folder of pictures. */
  readonly what: string;
  readonly against?: string;
  readonly scorer?: string;
  readonly samples?: string;
  readonly size?: string;
  readonly splits?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly store?: string;
  readonly json?: boolean;
  readonly csv?: string;
}
