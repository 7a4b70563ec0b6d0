/** Declares the options of `verify`: names, types and help. Values are checked where they are used. */
import type { Options } from 'yargs';
import { localOptions } from '../../launch/local/options.ts';
import { deviceOptions } from '../doctor/device-options.ts';

export const verifyOptions = {
  seeds: { type: 'string', requiresArg: true, default: '1', describe: 'A count, a list (0,3) or a range (0..4)' },
  methods: {
    type: 'string',
    requiresArg: true,
    describe: 'Methods, separated by commas; default: all of the experiment',
  },
  preset: { type: 'string', requiresArg: true, describe: 'The preset that the reference was made with' },
  against: { type: 'string', requiresArg: true, describe: 'The store to compare with; default: results/reference' },
  ...deviceOptions,
  jobs: localOptions.jobs,
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures (npm run data); default: data' },
  quiet: { type: 'boolean', describe: 'The verdict alone' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface VerifyArguments {
  readonly experiment: string;
  readonly seeds: string;
  readonly methods?: string;
  readonly preset?: string;
  readonly against?: string;
  readonly engine: string;
  readonly device: string;
  readonly jobs?: string;
  readonly data?: string;
  readonly quiet?: boolean;
}
