/** Declares the Slurm launcher: an array job whose tasks are shards of the plan, and the gathering of what they leave. */

import { UsageError } from '../../base/usage-error.ts';
import type { Launcher } from '../launcher.ts';
import { type SlurmArguments, slurmLauncherOptions } from './options.ts';
import { requireSbatch, slurmOptions } from './sbatch.ts';

/** Pairs that contradict each other, and why. */
const apart = [
  ['shard', 'slurm', 'a shard runs here'],
  ['shard', 'gather', 'shards are gathered together'],
  ['gather', 'print', 'there is nothing to submit'],
  ['gather', 'fresh', 'it would forget what is to be gathered'],
  ['print', 'fresh', 'it writes nothing and forgets nothing'],
] as const;

export const slurmLauncher: Launcher<SlurmArguments> = {
  name: 'slurm',
  options: slurmLauncherOptions,
  chosenBy: ['slurm', 'gather', 'shard'],

  check(given) {
    for (const option of ['print', 'shards', 'slurm-options'] as const) {
      if (given[option] && !given.slurm)
        throw new UsageError(`--${option} is an option of --slurm, which is not given`);
    }
    for (const [one, other, why] of apart) {
      if (given[one] && given[other]) throw new UsageError(`--${one} and --${other} do not go together: ${why}`);
    }
    slurmOptions(given['slurm-options']);
    if (given.slurm && !given.print && !given.gather && !given['dry-run']) requireSbatch(process.env);
  },

  async prepare(given, command) {
    if (given.gather) return new (await import('./gather.ts')).GatherLaunch(given, command);
    if (given.shard === undefined) return new (await import('./submit.ts')).SubmitLaunch(given, command);
    return new (await import('./shard-launch.ts')).ShardLaunch(given, command);
  },
};
