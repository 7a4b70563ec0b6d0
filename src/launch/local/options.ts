/** Options of local runs: their names, types and help. */
import type { ArgumentsOf, CommonArguments, LauncherOptions } from '../launcher.ts';

/** Slurm's tasks run trials in the same way and read the same options. */
export const localOptions = {
  jobs: { type: 'string', requiresArg: true, describe: 'Trials at once; default: the number of cores' },
  stack: {
    type: 'string',
    requiresArg: true,
    describe: 'Trials of a method that train as one program: auto (8 on a GPU, 1 on the CPU) or how many',
  },
} as const satisfies LauncherOptions;

export type LocalArguments = CommonArguments & ArgumentsOf<typeof localOptions>;
