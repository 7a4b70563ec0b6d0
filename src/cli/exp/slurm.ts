/** `exp --slurm`: a plan as an array job, submitted or (`--print`) shown. The shards and the script are src/slurm's. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../base/number-words.ts';
import { joinWords } from '../../base/shell-words.ts';
import { writeWhole } from '../../disk/files.ts';
import { batchScript, outputOption } from '../../launch/slurm/batch-script.ts';
import { slurmOptions, submit } from '../../launch/slurm/sbatch.ts';
import { openShards, shardCount } from '../../launch/slurm/shards.ts';
import { ExitCode } from '../exit.ts';
import { fromHere } from '../paths.ts';
import { withoutOptions } from '../without-options.ts';
import type { ExpArguments } from './options.ts';
import { isThere } from './plan-text.ts';
import type { Intent } from './request.ts';
import { againCommand } from './suggestions.ts';

type Submitting = Pick<Intent, 'given' | 'argv' | 'plan' | 'known' | 'store' | 'jobs' | 'root' | 'from'>;

/** Writes the script into the store's folder and submits it, or prints it and writes nothing. Returns the exit code. */
export async function submitTrials(submitting: Submitting): Promise<number> {
  const { given, argv, plan, known, store, jobs, root, from } = submitting;
  const open = plan.trials.map(({ hash }) => !isThere(known.get(hash)));
  const trials = open.filter(Boolean).length;
  const count = shardCount(given.shards, plan.trials.length);
  const shards = openShards(open, count);
  const gather = againCommand([...withoutOptions(argv, { print: 'switch', json: 'switch' }), '--gather']);
  const facts = { tasks: shards.length, trials, gather };
  if (trials === 0) {
    tell(given, facts, ['Every trial is there: nothing to submit', `Gather:    ${gather}`]);
    return ExitCode.done;
  }
  const words = [process.execPath, join(root, 'bin/modebench.mjs'), 'exp', ...taskWords(argv, jobs)];
  const script = batchScript({ name: store.experiment, shards, count, cpus: jobs, folder: from, words });
  const options = slurmOptions(given['slurm-options']);
  if (given.print) {
    const command = `npm run -s exp -- ${joinWords(argv)} | ${joinWords(['sbatch', ...options])}`;
    // The script alone on stdout, so that it can go straight into sbatch.
    if (!given.json) console.error(`Submit with: ${command}\nGather with: ${gather}`);
    tell(given, { ...facts, script, command }, [script.trimEnd()]);
    return ExitCode.done;
  }
  const folder = join(store.path, 'slurm');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `job-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.sh`);
  await writeWhole(path, script);
  const { job, remarks } = await submit([outputOption(folder), ...options], path);
  for (const remark of remarks) console.error(remark);
  tell(given, { ...facts, job, script: path }, [
    `Submitted: job ${job}, ${plural(shards.length, 'task')} for ${plural(trials, 'trial')}`,
    `Script:    ${fromHere(path)}`,
    `Logs:      ${fromHere(folder)}/${job}_<task>.log`,
    `Watch:     squeue --job ${job}`,
    `Gather:    ${gather}`,
  ]);
  return ExitCode.done;
}

/** The words of a task: as typed, but for what concerns the submission alone. `--fresh` is heeded once, before it. */
function taskWords(argv: readonly string[], jobs: number): string[] {
  const kept = withoutOptions(argv, {
    ...{ slurm: 'switch', print: 'switch', fresh: 'switch', json: 'switch', gather: 'switch' },
    ...{ shards: 'value', 'slurm-options': 'value', jobs: 'value' },
  });
  return [...kept, `--jobs=${jobs}`];
}

/** One JSON document, or lines. */
function tell({ json }: ExpArguments, document: object, lines: readonly string[]): void {
  process.stdout.write(`${json ? JSON.stringify(document, undefined, 2) : lines.join('\n')}\n`);
}
