/** Declares the options of `export`: names, types and help. It imports nothing heavy. */
import type { Options } from 'yargs';

export const exportOptions = {
  to: {
    type: 'string',
    requiresArg: true,
    describe: 'tensorboard (a log folder), csv, parquet, npz or ipynb (a notebook, with its csv)',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'File or folder to write; default: <experiment>.<ending>, or <experiment>-tensorboard, here',
  },
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ExportArguments {
  readonly experiment: string;
  readonly to?: string;
  readonly out?: string;
  readonly store?: string;
}
