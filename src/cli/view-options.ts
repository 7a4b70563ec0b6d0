/** Declares the options of `view`. What values mean is checked where they are used. */
import type { Options } from 'yargs';

export const viewOptions = {
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
  against: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Folder with other records, shown beside them (repeatable)',
  },
  port: { type: 'string', requiresArg: true, describe: 'Port of the page on this machine; default: a free one' },
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures to play at; default: data' },
  lesson: { type: 'boolean', describe: 'Begin at the prepared starts for a class' },
  open: { type: 'boolean', describe: 'Open the page in the browser' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ViewArguments {
  readonly experiment?: string;
  readonly store?: string;
  readonly against?: readonly string[];
  readonly port?: string;
  readonly data?: string;
  readonly lesson?: boolean;
  readonly open?: boolean;
}
