/** Options of runs on Slurm: their names, types and help. */
import type { ArgumentsOf, CommonArguments, LauncherOptions } from '../launcher.ts';
import { localOptions } from '../local/options.ts';

export const slurmLauncherOptions = {
  slurm: { type: 'boolean', describe: 'Submit the trials to Slurm, as an array job of shards' },
  shards: { type: 'string', requiresArg: true, describe: 'With --slurm: tasks; default: one a trial, at most 200' },
  'slurm-options': {
    type: 'string',
    requiresArg: true,
    describe: 'With --slurm: options for sbatch: --slurm-options="--partition=long --time=2:00:00"',
  },
  print: { type: 'boolean', describe: 'With --slurm: show the batch script, submit and write nothing' },
  gather: { type: 'boolean', describe: 'Merge what shards did into trials.csv and show the table' },
  shard: { type: 'string', requiresArg: true, describe: 'Run one shard of the trials: 3/20 is the third of twenty' },
  ...localOptions,
} as const satisfies LauncherOptions;

export type SlurmArguments = CommonArguments & ArgumentsOf<typeof slurmLauncherOptions>;

/** A task gets the processors that it asks for; those of this machine say nothing. */
export const ofTask = (given: SlurmArguments): SlurmArguments => ({ ...given, jobs: given.jobs ?? '1' });
