/**
 * Runs a plan's missing trials on local worker processes, one lane each, and saves their records. Invariant: a trial is
 * run under its claim only, so that several launches may share a store. Rows already there are not made again.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../results/record.ts';
import type { Store } from '../results/store.ts';
import type { LaunchEvent, Outcome } from './events.ts';
import { type Lane, type LaneOptions, openLane } from './lane.ts';
import { isSettled } from './settled.ts';
import { openQueue } from './trial-queue.ts';

export interface LaunchOptions extends Omit<LaneOptions, 'worker' | 'module'> {
  /** Worker processes at once. */
  readonly jobs: number;
  /** Stop everything when a trial fails (one that diverges has not failed). */
  readonly failFast: boolean;
  readonly worker?: string;
  readonly module?: string;
}

/** Where the compiled tree has the worker and the trial. */
const ownWorker = new URL('./worker.js', import.meta.url);
const ownTrial = new URL('../trial/run.js', import.meta.url);

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
  const queue = openQueue(missing, signal);
  const lanes = Array.from({ length: Math.min(options.jobs, missing.length) }, () => openLane(laneOptions, onEvent));
  signal.addEventListener('abort', () => void stopAll(lanes));

  function found(trial: PlannedTrial, record: TrialRecord) {
    records.set(trial.id, record);
    onEvent({ kind: 'found', trial, record });
  }

  async function work(lane: Lane): Promise<void> {
    for (let trial = await queue.next(); trial; trial = await queue.next()) {
      const claim = await store.claim(trial.id);
      if (!claim) {
        if (queue.postpone(trial)) onEvent({ kind: 'elsewhere', trial });
        continue;
      }
      try {
        await serve(lane, trial);
      } finally {
        await claim.release();
      }
    }
  }

  /** Under the trial's claim. */
  async function serve(lane: Lane, trial: PlannedTrial): Promise<void> {
    const earlier = await store.find(trial.hash);
    if (earlier && (await isSettled(trial, earlier, store))) return found(trial, earlier);
    onEvent({ kind: 'started', trial });
    const record = await lane.run(trial, store.folder(trial.id));
    if (!record) return;
    await store.save(record);
    // Only now: had it gone before its record was safe, a crash in between would have cost the whole training.
    if (record.status !== 'failed') await rm(join(store.folder(trial.id), 'checkpoint'), { force: true });
    records.set(trial.id, record);
    onEvent({ kind: 'ended', trial, record });
    if (record.status === 'failed' && options.failFast) halt.abort('failure');
  }

  const endings = await Promise.allSettled(
    lanes.map((lane) =>
      work(lane).catch((error) => {
        halt.abort('fault');
        throw error;
      }),
    ),
  );
  await stopAll(lanes);
  for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
  // Also where nothing ran: an earlier run may have died between a record and its row.
  await store.rebuild();
  const reached = trials.flatMap((trial) => records.get(trial.id) ?? []);
  const maxRssBytes = Math.max(0, ...lanes.map((lane) => lane.maxRssBytes));
  if (reached.length === trials.length) return { records: reached, maxRssBytes };
  return { records: reached, maxRssBytes, stopped: options.signal.aborted ? 'interrupted' : 'failure' };
}

async function stopAll(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map((lane) => lane.stop()));
}
