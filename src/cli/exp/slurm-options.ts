/** `--slurm`, `--shard`, `--gather`: which options go with them. Submitting is exp-slurm.ts's. */

import { UsageError } from '../../base/usage-error.ts';
import { requireSbatch, slurmOptions } from '../../launch/slurm/sbatch.ts';
import type { ExpArguments } from './options.ts';

/** Pairs that contradict each other, and why. */
const apart = [
  ['shard', 'slurm', 'a shard runs here'],
  ['shard', 'gather', 'shards are gathered together'],
  ['gather', 'print', 'there is nothing to submit'],
  ['gather', 'fresh', 'it would forget what is to be gathered'],
  ['print', 'fresh', 'it writes nothing and forgets nothing'],
] as const;

/** Refuses options that do not go together, and `--slurm` where it cannot submit, before anything is done. */
export function checkSlurm(given: ExpArguments): void {
  for (const option of ['print', 'shards', 'slurm-options'] as const) {
    if (given[option] && !given.slurm) throw new UsageError(`--${option} is an option of --slurm, which is not given`);
  }
  for (const [one, other, why] of apart) {
    if (given[one] && given[other]) throw new UsageError(`--${one} and --${other} do not go together: ${why}`);
  }
  slurmOptions(given['slurm-options']);
  if (given.slurm && !given.print && !given.gather && !given['dry-run']) requireSbatch(process.env);
}
