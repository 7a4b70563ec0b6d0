/**
 * Declares the options of `report`: names, types and help. It imports nothing heavy; values are checked where they are
 * used.
 */
import type { Options } from 'yargs';

export const reportOptions = {
  store: { type: 'string', requiresArg: true, describe: 'Folder with the records; default: results' },
  out: { type: 'string', requiresArg: true, describe: 'Folder for the reports; default: reports' },
  against: {
    type: 'string',
    requiresArg: true,
    describe: 'Another store to compare with: an older commit, another machine',
  },
  open: { type: 'boolean', describe: 'Open the page, the first of several' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ReportArguments {
  readonly experiments?: readonly string[];
  readonly store?: string;
  readonly out?: string;
  readonly against?: string;
  readonly open?: boolean;
}
