/**
 * Runs a plan's missing trials on local worker processes, one lane each, by themselves or stacked, and saves their records.
 * Invariant: a trial is run under its claim only, so that several launches may share a store. Rows already there are not
 * made again.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Claim, Store } from '../../store/store.ts';
import { vmapKey } from '../../trial/vmap/group-key.ts';
import type { LaunchEvent, Outcome } from '../events.ts';
import { isSettled } from '../settled.ts';
import { type Lane, type LaneOptions, openLane } from './pool-worker.ts';
import { openQueue } from './task-queue.ts';

export interface LaunchOptions extends Omit<LaneOptions, 'worker' | 'module'> {
  /** Worker processes at once. */
  readonly jobs: number;
  /** The most trials that train as one program, in one worker process; 1, unless said: each by itself. */
  readonly stack?: number;
  /** Aborts when the trials at work are to write their checkpoints and end, which takes a step of training each. */
  readonly leave?: AbortSignal;
  /** Stop everything when a trial fails (one that diverges has not failed). */
  readonly failFast: boolean;
  readonly worker?: string;
  readonly module?: string;
}

/** A trial that this launch has the right to run. */
interface Held {
  readonly trial: PlannedTrial;
  readonly claim: Claim;
}

/** Where the compiled tree has the worker and the trial. */
const ownWorker = new URL('./worker.js', import.meta.url);
const ownTrial = new URL('../../trial/run-trial.js', import.meta.url);

/**
 * Runs what the store lacks of `trials`: those without a record, and again those that failed or lack their film. When `options.signal` aborts,
 * workers are killed at once and the outcome says `interrupted`; their checkpoints let a later launch go on. Throws UsageError
 * where a trial's own spec turns out to be wrong, and what the store throws, after every worker is gone.
 */
export async function launch(
  trials: readonly PlannedTrial[],
  store: Store,
  options: LaunchOptions,
  onEvent: (event: LaunchEvent) => void = () => {},
): Promise<Outcome> {
  const halt = new AbortController();
  const signal = AbortSignal.any([options.signal, halt.signal]);
  const laneOptions: LaneOptions = {
    engine: options.engine,
    device: options.device,
    data: options.data,
    signal,
    worker: options.worker ?? fileURLToPath(ownWorker),
    module: options.module ?? ownTrial.href,
  };
  const records = new Map<string, TrialRecord>();
  const missing: PlannedTrial[] = [];
  const known = new Map((await store.records()).map((record) => [record.hash, record]));
  for (const trial of trials) {
    const record = known.get(trial.hash);
    if (record && (await isSettled(trial, record, store))) found(trial, record);
    else missing.push(trial);
  }
  const { stack = 1, jobs } = options;
  const keyOf = ({ spec }: PlannedTrial) => vmapKey(spec);
  // Fewer in a stack where that keeps all of the workers busy.
  const { leave = new AbortController().signal } = options;
  const queue = openQueue(missing, AbortSignal.any([signal, leave]), {
    most: Math.min(stack, Math.ceil(missing.length / jobs)),
    keyOf,
  });
  const lanes = Array.from({ length: Math.min(jobs, missing.length) }, () => openLane(laneOptions, onEvent));
  signal.addEventListener('abort', () => void stopAll(lanes));
  let leaving: NodeJS.Timeout | undefined;
  leave.addEventListener('abort', () => {
    // Again and again: a trial that is just being sent to its worker does not hear the first.
    leaving = setInterval(() => lanes.forEach((lane) => void lane.yield()), 200);
  });

  function found(trial: PlannedTrial, record: TrialRecord) {
    records.set(trial.id, record);
    onEvent({ kind: 'found', trial, record });
  }

  async function work(lane: Lane): Promise<void> {
    for (let trials = await queue.next(); trials; trials = await queue.next()) {
      const held: Held[] = [];
      try {
        for (const trial of trials) {
          const claim = await store.claim(trial.id);
          if (claim) held.push({ trial, claim });
          else if (queue.postpone(trial)) onEvent({ kind: 'elsewhere', trial });
        }
        await serve(lane, held);
      } finally {
        for (const { claim } of held) await claim.release();
      }
    }
  }

  /** Under the trials' claims, each of which goes as soon as its trial has ended. */
  async function serve(lane: Lane, held: readonly Held[]): Promise<void> {
    const missing: Held[] = [];
    for (const { trial, claim } of held) {
      const earlier = store.find(trial);
      if (!earlier || !(await isSettled(trial, earlier, store))) missing.push({ trial, claim });
      else {
        await claim.release();
        found(trial, earlier);
      }
    }
    if (missing.length === 0) return;
    for (const { trial } of missing) onEvent({ kind: 'started', trial });
    const errands = missing.map(({ trial }) => ({ trial, folder: store.folder(trial.id) }));
    const isStack = stack > 1 && errands.every(({ trial }) => keyOf(trial) !== undefined);
    const ways = isStack ? lane.runStack(errands) : errands.map(({ trial, folder }) => lane.run(trial, folder));
    await allEnded(
      ways.map(async (way, at) => {
        const [record, own] = [await way, missing[at]];
        if (!record || !own) return;
        await keep(own.trial, record);
        await own.claim.release();
      }),
    );
  }

  /** Waits for all of them, also where one throws; the others are then told to end, which they do soon. */
  async function allEnded(ways: readonly Promise<void>[]): Promise<void> {
    const endings = await Promise.allSettled(ways.map((way) => way.catch(fault)));
    for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
  }

  function fault(error: unknown): never {
    halt.abort('fault');
    throw error;
  }

  async function keep(trial: PlannedTrial, made: TrialRecord): Promise<void> {
    // The planned spec, most of which trials share: what came from the worker is a copy of it, and thousands fill the memory.
    const record = { ...made, spec: trial.spec };
    await store.save(record);
    // Only now: had it gone before its record was safe, a crash in between would have cost the whole training.
    if (record.status !== 'failed') await rm(join(store.folder(trial.id), 'checkpoint'), { force: true });
    records.set(trial.id, record);
    onEvent({ kind: 'ended', trial, record });
    if (record.status === 'failed' && options.failFast) halt.abort('failure');
  }

  await allEnded(lanes.map(work)).finally(() => {
    clearInterval(leaving);
    return stopAll(lanes);
  });
  // Also where nothing ran: an earlier run may have died between a record and its row.
  await store.rebuild();
  const reached = trials.flatMap((trial) => records.get(trial.id) ?? []);
  const maxRssBytes = Math.max(0, ...lanes.map((lane) => lane.maxRssBytes));
  if (reached.length === trials.length) return { records: reached, maxRssBytes };
  return {
    records: reached,
    maxRssBytes,
    stopped: options.signal.aborted || leave.aborted ? 'interrupted' : 'failure',
  };
}

async function stopAll(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map((lane) => lane.stop()));
}
