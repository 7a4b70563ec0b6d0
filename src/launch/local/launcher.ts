/** Declares the local launcher: worker processes on this machine. */

import type { Launcher } from '../launcher.ts';
import { type LocalArguments, localOptions } from './options.ts';
import type { WorkerCommand } from './worker-process.ts';

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
