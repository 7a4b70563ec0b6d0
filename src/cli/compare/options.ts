/** Declares the options of `compare`: names, types and help. It imports nothing heavy. */
import type { Options } from 'yargs';

export const compareOptions = {
  store: { type: 'string', requiresArg: true, describe: "Folder with the experiments' records; default: results" },
  preset: { type: 'string', requiresArg: true, describe: 'The preset of experiments whose specs are compared' },
  json: { type: 'boolean', describe: 'One JSON document on stdout' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface CompareArguments {
  readonly one: string;
  readonly other: string;
  readonly store?: string;
  readonly preset?: string;
  readonly json?: boolean;
}
