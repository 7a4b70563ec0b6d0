/** The Slurm launcher: an array job whose tasks are shards of the plan, and what those tasks left, gathered. */
import { UsageError } from '../../base/usage-error.ts';
import type { ArgumentsOf, CommonArguments, Launcher, LauncherOptions } from '../launcher.ts';
import { localOptions } from '../local/launcher.ts';
import { requireSbatch, slurmOptions } from './sbatch.ts';

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

/** A task gets the processors that it asks for; those of this machine say nothing. */
export const ofTask = (given: SlurmArguments): SlurmArguments => ({ ...given, jobs: given.jobs ?? '1' });
