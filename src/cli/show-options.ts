/** Declares the options of `show`: names, types and help. It imports nothing heavy. */
import type { Options } from 'yargs';

export const showOptions = {
  method: { type: 'string', requiresArg: true, describe: 'One method, or several separated by commas; default: all' },
  preset: { type: 'string', requiresArg: true, describe: "A variant of the experiment's own: smoke, authors, …" },
  set: { type: 'string', array: true, nargs: 1, describe: 'Override a value of the spec, as exp does (repeatable)' },
  json: { type: 'boolean', describe: 'One JSON document on stdout: the spec of each method' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ShowArguments {
  readonly experiment: string;
  readonly method?: string;
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
}
