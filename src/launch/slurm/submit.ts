/** Submits a plan to Slurm as an array job (`--slurm`), or shows its batch script (`--print`). */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../base/number-words.ts';
import { joinWords } from '../../base/shell-words.ts';
import { writeWhole } from '../../disk/files.ts';
import type { Where } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { type CommandLine, expCommand } from '../command-line.ts';
import type { Capacity, HandedOver, Launch, Run } from '../launcher.ts';
import { localCapacity } from '../local/capacity.ts';
import { TypedLaunch } from '../local/typed-launch.ts';
import { isThere } from '../settled.ts';
import { withoutOptions } from '../without-options.ts';
import { batchScript, outputOption } from './batch-script.ts';
import { ofTask, type SlurmArguments } from './options.ts';
import { slurmOptions, submit } from './sbatch.ts';
import { openShards, shardCount } from './shards.ts';

/** Where scripts and logs of a store's submissions lie. */
export const submissionFolder = ({ path }: Store): string => join(path, 'slurm');

/** What is to be submitted. */
interface ArrayJob {
  readonly script: string;
  readonly facts: { readonly tasks: number; readonly trials: number; readonly gather: string };
}

export class SubmitLaunch extends TypedLaunch<SlurmArguments> implements Launch {
  readonly computesHere = false;
  readonly handsOver = true;
  readonly beginsTrials: boolean;
  readonly writesStore: boolean;

  constructor(given: SlurmArguments, command: CommandLine) {
    super(given, command);
    this.beginsTrials = !given.print;
    this.writesStore = !given.print;
  }

  override capacity(trials: readonly PlannedTrial[], where: Where): Capacity {
    return localCapacity(ofTask(this.given), where, trials);
  }

  async run(run: Run): Promise<HandedOver> {
    const job = this.#arrayJob(run);
    if (job === undefined) return this.#nothing();
    return this.given.print ? this.#print(job) : this.#submit(job, run.store);
  }

  override sameLauncher(): readonly string[] {
    return ['--slurm'];
  }

  get #gather(): string {
    const words = withoutOptions(this.command.words, { print: 'switch', json: 'switch' });
    return expCommand([...words, '--gather']);
  }

  /** The job of the trials that are missing; `undefined` where none is. */
  #arrayJob({ plan: { trials }, known, store, capacity: { jobs } }: Run): ArrayJob | undefined {
    const open = trials.map(({ hash }) => !isThere(known.get(hash)));
    const count = shardCount(this.given.shards, trials.length);
    const shards = openShards(open, count);
    if (shards.length === 0) return undefined;
    const { root, folder } = this.command;
    const words = [process.execPath, join(root, 'bin/modebench.mjs'), 'exp', ...this.#taskWords(jobs)];
    return {
      script: batchScript({ name: store.experiment, shards, count, cpus: jobs, folder, words }),
      facts: { tasks: shards.length, trials: open.filter(Boolean).length, gather: this.#gather },
    };
  }

  #nothing(): HandedOver {
    const gather = this.#gather;
    const lines = ['Every trial is there: nothing to submit', `Gather:    ${gather}`];
    return { kind: 'handed-over', document: { tasks: 0, trials: 0, gather }, lines };
  }

  /** The script alone on stdout, so that it can go straight into sbatch. */
  #print({ script, facts }: ArrayJob): HandedOver {
    const { json, 'slurm-options': options } = this.given;
    const command = `npm run -s exp -- ${joinWords(this.command.words)} | ${joinWords(['sbatch', ...slurmOptions(options)])}`;
    return {
      kind: 'handed-over',
      document: { ...facts, script, command },
      lines: [script.trimEnd()],
      remarks: json ? [] : [`Submit with: ${command}`, `Gather with: ${facts.gather}`],
    };
  }

  /** Writes the script into the store's folder and submits it. */
  async #submit({ script, facts }: ArrayJob, store: Store): Promise<HandedOver> {
    const folder = submissionFolder(store);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `job-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.sh`);
    await writeWhole(path, script);
    const options = [outputOption(folder), ...slurmOptions(this.given['slurm-options'])];
    const { job, remarks } = await submit(options, path);
    const { tasks, trials, gather } = facts;
    const lines = [
      `Submitted: job ${job}, ${plural(tasks, 'task')} for ${plural(trials, 'trial')}`,
      `Script:    ${this.command.shown(path)}`,
      `Logs:      ${this.command.shown(folder)}/${job}_<task>.log`,
      `Watch:     squeue --job ${job}`,
      `Gather:    ${gather}`,
    ];
    return { kind: 'handed-over', document: { ...facts, job, script: path }, lines, remarks };
  }

  /** The words of a task: as typed, but for what concerns the submission alone. `--fresh` is obeyed once, before it. */
  #taskWords(jobs: number): string[] {
    const kept = withoutOptions(this.command.words, {
      ...{ slurm: 'switch', print: 'switch', fresh: 'switch', json: 'switch', gather: 'switch' },
      ...{ shards: 'value', 'slurm-options': 'value', jobs: 'value' },
    });
    return [...kept, `--jobs=${jobs}`];
  }
}
