/** Calls sbatch: checks that it is there, reads the options that users hand on to it, submits. No shell in between. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../base/one-line.ts';
import { splitWords } from '../../base/shell-words.ts';
import { UsageError } from '../../base/usage-error.ts';

const program = 'sbatch';

/** Throws UsageError of one line where no sbatch is in PATH. */
export function requireSbatch(env: NodeJS.ProcessEnv): void {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  if (folders.some((folder) => isProgram(join(folder, program)))) return;
  throw new UsageError(
    '--slurm: there is no sbatch in PATH; type this where Slurm is installed, or add --print to see the batch script',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Options that would undo the division into shards. */
const ours = ['--array', '--wrap'];

/** The words of `--slurm-options "--partition=x --time=2:00:00"`. Throws UsageError. */
export function slurmOptions(given: string | undefined): string[] {
  const words = splitWords(given ?? '');
  if (words === undefined) throw new UsageError(`--slurm-options: a quote or backslash is left open in ${given}`);
  const [first] = words;
  if (first !== undefined && !first.startsWith('-')) {
    throw new UsageError(`--slurm-options: expected options of sbatch, such as --partition=x, got '${first}'`);
  }
  // sbatch takes any beginning of a long option that no other option has: --ar, --wr.
  const taken = words.find((word) => {
    const name = word.split('=')[0] ?? '';
    return /^-a/.test(name) || (name.length >= 4 && ours.some((option) => option.startsWith(name)));
  });
  if (taken !== undefined) {
    throw new UsageError(`--slurm-options: ${taken} is set by --slurm itself (--shards says how many tasks)`);
  }
  return words;
}

export interface Submission {
  /** The array's job number. */
  readonly job: string;
  /** What sbatch said beside it, a line each. */
  readonly remarks: readonly string[];
}

/** Submits the script at `path`. Throws UsageError, of one line, with the reason that sbatch gave where it refused. */
export async function submit(options: readonly string[], path: string): Promise<Submission> {
  const child = spawn(program, ['--parsable', ...options, path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  const remarks = complained.split('\n').filter((line) => line.trim() !== '');
  const job = /^(\d+)(;\S*)?$/m.exec(said)?.[1];
  if (job !== undefined) return { job, remarks };
  const reason = remarks.map((line) => line.replace(/^sbatch: (error: |fatal: )?/, '')).join('; ');
  const hint = /array/i.test(reason) ? '; --shards asks for fewer tasks' : '';
  throw new UsageError(`sbatch did not take the job: ${reason || 'it gave no job number and no reason'}${hint}`);
}

async function ended(child: ChildProcess): Promise<void> {
  try {
    await once(child, 'close');
  } catch (error) {
    throw new UsageError(`cannot run sbatch: ${messageOf(error)}`);
  }
}
