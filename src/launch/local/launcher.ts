/** The local launcher: worker processes on this machine. */
import type { ArgumentsOf, CommonArguments, Launcher, LauncherOptions } from '../launcher.ts';
import type { WorkerCommand } from './worker-process.ts';

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

/** @param worker what worker processes are started from: the one that trains, unless said. */
export const localLauncher = (worker?: WorkerCommand): Launcher<LocalArguments> => ({
  name: 'local',
  options: localOptions,
  chosenBy: [],
  check: () => {},
  prepare: async (given, command) => {
    const { LocalLaunch } = await import('./local-launch.ts');
    return new LocalLaunch(given, command, worker);
  },
});
