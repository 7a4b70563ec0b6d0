/**
 * Writes the batch script of an array job, whose tasks are one command each. What users typed stands in the shell's part
 * alone, quoted; sbatch's own part is made of numbers and checked names. Submitting it is sbatch.ts's.
 */

import { joinWords } from '../../base/shell-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { arrayText } from './shards.ts';

export interface BatchJob {
  /** The experiment's name. */
  readonly name: string;
  /** Shards that have something to do, ascending, of `count`. */
  readonly shards: readonly number[];
  readonly count: number;
  /** Processors of a task. */
  readonly cpus: number;
  /** Absolute; relative paths among the words are meant from there. */
  readonly folder: string;
  /** Program and arguments of a task, but for `--shard`. */
  readonly words: readonly string[];
}

/** Seconds before the end of its time at which a task is told to write its checkpoint. */
const warning = 60;

/** The script's text. Requeued tasks go on from their checkpoints, so they may be. */
export function batchScript({ name, shards, count, cpus, folder, words }: BatchJob): string {
  return `#!/bin/sh
#SBATCH --job-name=modebench-${name.replace(/[^\w.-]+/g, '_')}
#SBATCH --array=${arrayText(shards)}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=${cpus}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@${warning}
# A task is its shard of the planned trials. Stopped early, it goes on from its checkpoints when it is run again.
cd ${joinWords([folder])} || exit 2
exec ${joinWords(words)} --shard "\${SLURM_ARRAY_TASK_ID:?runs as a task of a Slurm array}/${count}"
`;
}

/** sbatch's option for a file a task, of job and task number, in `folder`. Throws UsageError for a folder that it cannot name. */
export function outputOption(folder: string): string {
  // sbatch takes a backslash anywhere in the name for its sign to replace nothing, and then drops it.
  if (folder.includes('\\'))
    throw new UsageError(`--slurm: sbatch cannot write to a path with a backslash (${folder})`);
  return `--output=${folder.replaceAll('%', '%%')}/%A_%a.log`;
}
