/** Declares the options of `data`: names, types and help. It imports nothing heavy; values are checked where they are used. */
import type { Options } from 'yargs';

export const dataOptions = {
  list: { type: 'boolean', describe: 'What there is, what is prepared, and what each set needs' },
  from: { type: 'string', requiresArg: true, describe: 'Folder (or archive) with the files of the set' },
  download: { type: 'boolean', describe: 'Fetch the files from their home (cifar10)' },
  video: { type: 'string', requiresArg: true, describe: 'Footage of a fixed camera (traffic; needs ffmpeg)' },
  every: { type: 'string', requiresArg: true, describe: 'Time between frames of the video: 2s (default), 500ms, 1m' },
  name: { type: 'string', requiresArg: true, describe: 'Name of a set of your own (images)' },
  size: { type: 'string', requiresArg: true, describe: 'Pixels a side (celeba, traffic, shapes, images); default: 64' },
  count: {
    type: 'string',
    requiresArg: true,
    describe: 'Pictures to draw: traffic 4000, shapes 6000, stacked-mnist 50000 by default',
  },
  seed: { type: 'string', requiresArg: true, describe: 'Seed of what is drawn (simulated sets, stacks); default: 0' },
  empty: {
    type: 'string',
    requiresArg: true,
    describe: 'Share of simulated traffic frames without a vehicle; default: 0.7',
  },
  data: { type: 'string', requiresArg: true, describe: 'Folder where prepared sets lie; default: data' },
  fresh: { type: 'boolean', describe: 'Make the set again, replacing the one that is there' },
  verify: { type: 'boolean', describe: 'Read every byte of a prepared set and compare it with its hash' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface DataArguments {
  readonly dataset?: string;
  readonly list?: boolean;
  readonly from?: string;
  readonly download?: boolean;
  readonly video?: string;
  readonly every?: string;
  readonly name?: string;
  readonly size?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly empty?: string;
  readonly data?: string;
  readonly fresh?: boolean;
  readonly verify?: boolean;
}
