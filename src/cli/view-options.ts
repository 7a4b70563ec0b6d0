/** Declares the options of `view`. What values mean is checked where they are used. */
import type { Options } from 'yargs';

export const viewOptions = {
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
  port: { type: 'string', requiresArg: true, describe: 'Port of the page on this machine; default: a free one' },
  open: { type: 'boolean', describe: 'Open the page in the browser' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ViewArguments {
  readonly experiment?: string;
  readonly store?: string;
  readonly port?: string;
  readonly open?: boolean;
}
