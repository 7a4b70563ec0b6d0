/** Declares the options of `status`: names, types and help. It imports nothing heavy. */
import type { Options } from 'yargs';

export const statusOptions = {
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'Show a queue instead: redis://[:password@]host[:port][/db], as exp and worker were given it',
  },
  json: { type: 'boolean', describe: 'One JSON document on stdout' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface StatusArguments {
  readonly experiments?: readonly string[];
  readonly store?: string;
  readonly queue?: string;
  readonly json?: boolean;
}
