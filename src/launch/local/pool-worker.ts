/**
 * Runs trials in one worker of a pool: a process that is started when first needed, and again when it died. It decides what a
 * death or an error makes of a trial; which trials come next, claims and saving are the launch's.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import { writeWhole } from '../../disk/files.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { TrialContext } from '../../trial/run-trial.ts';
import type { TrialEvent } from '../events.ts';
import { completeRecord, failedRecord } from '../trial-result.ts';
import { inSources } from './in-sources.ts';
import type { Answer, Task } from './messages.ts';
import { type WorkerCommand, WorkerDied, WorkerProcess } from './worker-process.ts';

export interface PoolWorkerOptions {
  readonly engine: TrialContext['engine'];
  readonly device: string;
  readonly instead?: NonNullable<TrialContext['instead']>;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** Whether somebody watches: progress then brings glimpses. */
  readonly watched?: boolean;
  readonly worker: WorkerCommand;
  readonly signal: AbortSignal;
}

/** A trial, its folder, and its spec as this machine has to run it where paths differ from those of the plan. */
export interface PoolTask extends Task {
  readonly localSpec?: ResolvedSpec;
}

/** A trial's record, be it `failed`; `undefined` where the signal or `yield` ended it first. Rejects with UsageError as the trial does. */
type Run = Promise<TrialRecord | undefined>;

export class PoolWorker {
  readonly #options: PoolWorkerOptions;
  readonly #tell: (event: TrialEvent) => void;
  #process: WorkerProcess | undefined;
  #maxRssBytes = 0;
  /** Whether the trials at work were told to yield. */
  #yielding = false;

  constructor(options: PoolWorkerOptions, tell: (event: TrialEvent) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  /** The largest resident memory that its processes reached. */
  get maxRssBytes(): number {
    return this.#maxRssBytes;
  }

  async run(task: PoolTask): Run {
    return this.#begin([task], false)[0];
  }

  /** Trials that train as one program; each ends by itself. */
  runGroup(tasks: readonly PoolTask[]): readonly Run[] {
    return this.#begin(tasks, true);
  }

  /** Has the trials at work write their checkpoints and end, which takes one run of training steps. */
  yield(): void {
    this.#yielding = true;
    this.#process?.yield();
  }

  /** Kills the worker process at once. */
  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  get #isEnding(): boolean {
    return this.#options.signal.aborted || this.#yielding;
  }

  /**
   * Trials whose process died are tried once more, each by itself: one of them may be what kills it. A second death is then
   * its own failure.
   */
  #begin(tasks: readonly PoolTask[], vmapped: boolean): readonly Run[] {
    this.#yielding = false;
    const started = tasks.map((task) => ({ task, started: performance.now(), steps: 0 }));
    const answers = makeReady(tasks).then(() => (this.#isEnding ? undefined : this.#attempt(started, vmapped)));
    let turn: Promise<unknown> = Promise.resolve();
    return started.map(async (trial, at) => {
      try {
        return await this.#conclude(trial, await (await answers)?.[at]);
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        if (this.#options.signal.aborted) return undefined;
        this.#tell({ kind: 'died', trial: trial.task.trial, reason: error.message });
        const own = turn.then(() => this.#retry(trial, vmapped));
        turn = own.catch(() => {}); // whose turn is next does not depend on it
        return own;
      }
    });
  }

  /** One attempt in a live process. */
  #attempt(trials: readonly StartedTrial[], vmapped: boolean): readonly Promise<Answer>[] {
    const { engine, device, instead, data, watched, worker } = this.#options;
    if (!this.#process?.alive) this.#process = new WorkerProcess(worker);
    const tasks = trials.map(({ task: { trial, folder, localSpec = trial.spec } }) => ({
      trial: { ...trial, spec: localSpec },
      folder,
    }));
    const context = { engine, device, data, ...(instead && { instead }), ...(watched && { watched }) };
    return this.#process.run({ tasks, vmapped, context }, (id, progress) => {
      const at = trials.find(({ task }) => task.trial.id === id);
      if (!at) return;
      at.steps = progress.step;
      this.#tell({ kind: 'progress', trial: at.task.trial, progress });
    });
  }

  async #retry(trial: StartedTrial, vmapped: boolean): Run {
    if (this.#isEnding) return undefined;
    try {
      return await this.#conclude(trial, await this.#attempt([trial], vmapped)[0]);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      return this.#options.signal.aborted ? undefined : this.#failed(trial, `twice, ${error.message}`);
    }
  }

  /** What an answer makes of a trial; none where the signal came first. */
  async #conclude(trial: StartedTrial, answer: Answer | undefined): Run {
    if (answer === undefined) return undefined;
    this.#maxRssBytes = Math.max(this.#maxRssBytes, answer.maxRssBytes);
    if (answer.kind === 'result') return completeRecord(trial.task.trial, answer.result);
    if (answer.kind === 'stopped') return undefined;
    if (answer.usage) throw new UsageError(answer.message);
    const trace = traceOf(trial.task);
    await writeWhole(trace, `${inSources(answer.stack)}\n`);
    this.#tell({ kind: 'faulted', trial: trial.task.trial, trace });
    return this.#failed(trial, answer.message);
  }

  #failed({ task, started, steps }: StartedTrial, reason: string): TrialRecord {
    const wallSeconds = (performance.now() - started) / 1000;
    return failedRecord(task.trial, this.#options, { reason, steps, wallSeconds }, new Date());
  }
}

interface StartedTrial {
  readonly task: PoolTask;
  /** By `performance.now()`. */
  readonly started: number;
  /** The last step that was reported. */
  steps: number;
}

const traceOf = ({ folder }: Task): string => join(folder, 'error.txt');

async function makeReady(tasks: readonly Task[]): Promise<void> {
  for (const task of tasks) {
    await mkdir(task.folder, { recursive: true });
    await rm(traceOf(task), { force: true });
  }
}
