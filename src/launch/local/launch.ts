/**
 * Runs a plan's missing trials on a pool of local worker processes, by themselves or in vmap groups, and saves their records.
 * Invariant: a trial is run under its claim only, so that several launches may share a store.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Claim, Store } from '../../store/store.ts';
import { vmapKey } from '../../trial/vmap/group-key.ts';
import type { Outcome, TrialEvent } from '../events.ts';
import { forgetEarlier, isSettled, type KnownRecords, splitKnown } from '../settled.ts';
import { PoolWorker, type PoolWorkerOptions } from './pool-worker.ts';
import { TaskQueue } from './task-queue.ts';
import { trainingWorker, type WorkerCommand } from './worker-process.ts';

export interface LocalOptions extends Omit<PoolWorkerOptions, 'worker'> {
  /** What was read of the store. */
  readonly known: KnownRecords;
  /** Worker processes at once. */
  readonly jobs: number;
  /** The most trials that train as one program, in one worker process; 1, unless said: each by itself. */
  readonly groupSize?: number;
  /** Aborts when the trials at work are to write their checkpoints and end, which takes a step of training each. */
  readonly leave?: AbortSignal;
  /** Stop everything when a trial fails (one that diverges has not failed). */
  readonly failFast: boolean;
  /** What worker processes are started from: the one that trains, unless said. */
  readonly worker?: WorkerCommand;
}

/**
 * Runs the trials without a record, and again those that failed. When `options.signal` aborts, workers are killed at once and
 * the outcome says `interrupted`; their checkpoints let a later launch go on. Throws UsageError where a trial's own spec turns
 * out to be wrong, and what the store throws, after every worker is gone.
 */
export function launch(
  trials: readonly PlannedTrial[],
  store: Store,
  options: LocalOptions,
  tell: (event: TrialEvent) => void = () => {},
): Promise<Outcome> {
  return new LocalRun(trials, store, options, tell).run();
}

/** A trial that this launch has the right to run. */
interface Held {
  readonly trial: PlannedTrial;
  readonly claim: Claim;
}

const keyOf = ({ spec }: PlannedTrial): string | undefined => vmapKey(spec);
/** Milliseconds between two requests to yield. */
const yieldEvery = 200;

class LocalRun {
  readonly #trials: readonly PlannedTrial[];
  readonly #store: Store;
  readonly #options: LocalOptions;
  readonly #tell: (event: TrialEvent) => void;
  /** Aborts at a fault, and at the first failure where that is asked for. */
  readonly #halt = new AbortController();
  /** Aborts when workers are to be killed. */
  readonly #signal: AbortSignal;
  readonly #leave: AbortSignal;
  readonly #records = new Map<string, TrialRecord>();

  constructor(trials: readonly PlannedTrial[], store: Store, options: LocalOptions, tell: (event: TrialEvent) => void) {
    this.#trials = trials;
    this.#store = store;
    this.#options = options;
    this.#tell = tell;
    this.#signal = AbortSignal.any([options.signal, this.#halt.signal]);
    this.#leave = options.leave ?? new AbortController().signal;
  }

  async run(): Promise<Outcome> {
    const { jobs, groupSize = 1, known, worker = trainingWorker } = this.#options;
    const { found, missing } = splitKnown(this.#trials, known);
    for (const [trial, record] of found) this.#find(trial, record);
    // Fewer in a group where that keeps all of the workers busy.
    const most = Math.min(groupSize, Math.ceil(missing.length / jobs));
    const queue = new TaskQueue(missing, AbortSignal.any([this.#signal, this.#leave]), { most, keyOf });
    const workers = Array.from(
      { length: Math.min(jobs, missing.length) },
      () => new PoolWorker({ ...this.#options, worker, signal: this.#signal }, this.#tell),
    );
    await this.#work(queue, workers);
    // Also where nothing ran: an earlier run may have died between a record and its row.
    await this.#store.rebuild();
    return this.#outcome(Math.max(0, ...workers.map(({ maxRssBytes }) => maxRssBytes)));
  }

  async #work(queue: TaskQueue, workers: readonly PoolWorker[]): Promise<void> {
    const stop = async () => void (await Promise.all(workers.map((worker) => worker.stop())));
    this.#signal.addEventListener('abort', () => void stop());
    let yielding: NodeJS.Timeout | undefined;
    this.#leave.addEventListener('abort', () => {
      // Again and again: a trial that is just being sent to its worker does not hear the first request.
      yielding = setInterval(() => workers.forEach((worker) => void worker.yield()), yieldEvery);
    });
    try {
      await this.#allEnded(workers.map((worker) => this.#serve(queue, worker)));
    } finally {
      clearInterval(yielding);
      await stop();
    }
  }

  /** Hands a worker what comes next in the queue until nothing does. */
  async #serve(queue: TaskQueue, worker: PoolWorker): Promise<void> {
    for (let trials = await queue.next(); trials; trials = await queue.next()) {
      const held: Held[] = [];
      try {
        for (const trial of trials) {
          const claim = await this.#store.claim(trial.id);
          if (claim) held.push({ trial, claim });
          else if (queue.postpone(trial)) await this.#tellHolder(trial);
        }
        await this.#runHeld(worker, held);
      } finally {
        for (const { claim } of held) await claim.release();
      }
    }
  }

  async #tellHolder(trial: PlannedTrial): Promise<void> {
    const holder = await this.#store.holder(trial.id);
    if (holder !== undefined) this.#tell({ kind: 'elsewhere', trial, holder });
  }

  /** Runs those that no other run has done by now. Each claim is released as soon as its trial has ended. */
  async #runHeld(worker: PoolWorker, held: readonly Held[]): Promise<void> {
    const missing: Held[] = [];
    for (const { trial, claim } of held) {
      const earlier = this.#store.find(trial);
      if (!earlier || !(await isSettled(trial, earlier, this.#store))) missing.push({ trial, claim });
      else {
        await claim.release();
        this.#find(trial, earlier);
      }
    }
    if (missing.length === 0) return;
    for (const { trial } of missing) this.#tell({ kind: 'started', trial });
    const tasks = missing.map(({ trial }) => ({ trial, folder: this.#store.folder(trial.id) }));
    const { groupSize = 1 } = this.#options;
    const vmapped = groupSize > 1 && tasks.every(({ trial }) => keyOf(trial) !== undefined);
    const runs = vmapped ? worker.runGroup(tasks) : tasks.map((task) => worker.run(task));
    await this.#allEnded(
      missing.map(async ({ trial, claim }, at) => {
        const record = await runs[at];
        if (!record) return;
        await this.#save(trial, record);
        await claim.release();
      }),
    );
  }

  /** Waits for all of them, also where one throws; the others are then told to end, which they do soon. */
  async #allEnded(parts: readonly Promise<void>[]): Promise<void> {
    const halt = (error: unknown) => {
      this.#halt.abort('fault');
      throw error;
    };
    const endings = await Promise.allSettled(parts.map((part) => part.catch(halt)));
    for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
  }

  #find(trial: PlannedTrial, record: TrialRecord): void {
    this.#records.set(trial.id, record);
    this.#tell({ kind: 'found', trial, record });
  }

  async #save(trial: PlannedTrial, record: TrialRecord): Promise<void> {
    await this.#store.save(record);
    if (record.status !== 'failed') await forgetEarlier(trial, this.#store);
    // Only now: had it gone before its record was safe, a crash in between would have cost the whole training.
    if (record.status !== 'failed') await rm(join(this.#store.folder(trial.id), 'checkpoint'), { force: true });
    this.#records.set(trial.id, record);
    this.#tell({ kind: 'ended', trial, record });
    if (record.status === 'failed' && this.#options.failFast) this.#halt.abort('failure');
  }

  #outcome(maxRssBytes: number): Outcome {
    const records = this.#trials.flatMap(({ id }) => this.#records.get(id) ?? []);
    if (records.length === this.#trials.length) return { records, maxRssBytes };
    const isInterrupted = this.#options.signal.aborted || this.#leave.aborted;
    return { records, maxRssBytes, stopped: isInterrupted ? 'interrupted' : 'failure' };
  }
}
