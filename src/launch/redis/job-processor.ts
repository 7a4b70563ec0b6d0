/**
 * One job in a worker's hands: checked, run on a lane from the checkpoint that an earlier worker left, its bundle put into
 * the depot. When jobs come and go, and what becomes of the worker, is serve.ts's.
 */
import { readFile, rename, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../base/usage-error.ts';
import { isMissing, makeFolder, writeWhole } from '../../disk/files.ts';
import { encodeRecord, type TrialRecord } from '../../store/record.ts';
import type { PoolWorker } from '../local/pool-worker.ts';
import { failedRecord, messageOf } from '../trial-result.ts';
import { type Bundle, filesOf, packBundle } from './archive.ts';
import { type Depot, TooLarge } from './blob-store.ts';
import { localSpec, type Places, requireInputs } from './inputs.ts';
import { type Job, readJob } from './job.ts';
import { keepCopies } from './keep-copies.ts';
import { sameCommit, type Version } from './version.ts';

/** What a worker does its jobs with. */
export interface Bench {
  readonly depot: Depot;
  readonly places: Places;
  readonly version: Version;
  readonly engine: string;
  readonly device: string;
  /** A folder of this worker's own: each trial gets one in it. */
  readonly scratch: string;
  /** Milliseconds between copies of a checkpoint, which others need where this machine vanishes. */
  readonly copyMs: number;
  /** The worker was told to stop. */
  readonly isStopping: () => boolean;
  readonly tell: (line: string) => void;
}

export type Attended =
  | { readonly kind: 'record'; readonly record: TrialRecord }
  /** The trial's own spec is wrong, as its run said. */
  | { readonly kind: 'usage'; readonly message: string }
  /** To be given back: the worker was told to stop. */
  | { readonly kind: 'stopped'; readonly id: string };

/** The job is nobody's: its data are not what this version puts on a queue. One line. */
export class Nonsense extends Error {}

/** This worker cannot take the job, another may. One line. */
export class Unfit extends Error {}

/**
 * Throws Nonsense and Unfit before the trial begins; Unfit also where this machine's disk fails it. Whatever else is thrown
 * is worth another try.
 */
export async function attend(id: string, data: unknown, poolWorker: PoolWorker, bench: Bench): Promise<Attended> {
  const job = admitted(id, data, bench);
  await fit(() => requireInputs(job.inputs, bench.places));
  const folder = join(bench.scratch, job.trial.id);
  const path = join(folder, 'checkpoint');
  try {
    await makeFolder(folder);
    const checkpoint = await checkpointFor(id, job, bench);
    if (checkpoint !== undefined) await writeWhole(path, checkpoint);
    const record = bench.isStopping() ? undefined : await run(id, job, poolWorker, folder, bench);
    if (record === undefined) return await setDown(id, job, path, bench);
    const attended = await deliver(id, job, record, poolWorker, folder, bench);
    await bench.depot.remove('checkpoint', id);
    return attended;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // What names our own folder is this machine's trouble (a full disk); the rest would be everybody's.
    if (error.message.includes(bench.scratch)) throw new Unfit(error.message);
    await bench.depot.put('result', id, packBundle({ kind: 'usage', message: error.message }));
    return { kind: 'usage', message: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function admitted(id: string, data: unknown, { version }: Bench): Job {
  let job: Job;
  try {
    job = readJob(id, data);
  } catch (error) {
    throw new Nonsense(messageOf(error));
  }
  if (sameCommit(job.commit, version.commit)) return job;
  const advice = `git checkout ${job.commit.replace('+', '')}`;
  throw new Unfit(`the trial is of commit ${job.commit}, this worker of ${version.commit}: ${advice}`);
}

async function fit(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw error instanceof UsageError ? new Unfit(error.message) : error;
  }
}

async function checkpointFor(id: string, { trial }: Job, { depot, tell }: Bench): Promise<Buffer | undefined> {
  try {
    return await depot.get('checkpoint', id);
  } catch (error) {
    tell(`${trial.id}: its checkpoint cannot be had (${messageOf(error)}); it starts again`);
    return undefined;
  }
}

/** The record names the spec as it was planned, whatever paths this machine has. */
async function run(
  id: string,
  { trial, inputs }: Job,
  poolWorker: PoolWorker,
  folder: string,
  { places, depot, copyMs }: Bench,
): Promise<TrialRecord | undefined> {
  const copies = keepCopies(join(folder, 'checkpoint'), copyMs, (bytes) => depot.put('checkpoint', id, bytes));
  try {
    return await poolWorker.run({ trial, folder, localSpec: localSpec(trial.spec, inputs, places) });
  } finally {
    await copies.stop();
  }
}

/** A trial that failed takes its checkpoint along: it may go on from there when it is tried again. */
async function deliver(
  id: string,
  { trial }: Job,
  record: TrialRecord,
  poolWorker: PoolWorker,
  folder: string,
  bench: Bench,
): Promise<Attended> {
  const isFailed = record.status === 'failed';
  const { maxRssBytes } = poolWorker;
  const bundle: Bundle = { kind: 'record', record, files: await filesOf(folder, isFailed), maxRssBytes };
  try {
    await untilTaken(() => bench.depot.put('result', id, packBundle(bundle)), bench);
    return { kind: 'record', record };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const { steps, wallSeconds } = record;
    const reason = isFailed ? '' : `${error.message}; the finished trial is ${await keep(record, folder)}`;
    const failed = isFailed ? record : failedRecord(trial, bench, { reason, steps, wallSeconds }, new Date());
    await untilTaken(() => bench.depot.put('result', id, packBundle({ ...bundle, record: failed, files: [] })), bench);
    return { kind: 'record', record: failed };
  }
}

/** Puts a finished trial where the user finds it: a folder as the store has them. Says where. */
async function keep(record: TrialRecord, folder: string): Promise<string> {
  const place = join(tmpdir(), `modebench-kept-${record.id}`);
  await writeWhole(join(folder, 'trial.json'), encodeRecord(record));
  await rm(place, { recursive: true, force: true });
  await rename(folder, place);
  return `${place} on ${hostname()}`;
}

/** Before a result is offered again, the first time. */
const firstPauseMs = 500;

/** A server that has no room for a finished trial is asked again: who gathers makes room. */
async function untilTaken(put: () => Promise<void>, { isStopping, tell }: Bench): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, 30_000)) {
    try {
      return await put();
    } catch (error) {
      if (error instanceof TooLarge || error instanceof UsageError || isStopping()) throw error;
      if (pauseMs === firstPauseMs)
        tell(`Redis does not take a result (${messageOf(error)}); it is asked again and again`);
      await sleep(pauseMs);
    }
  }
}

/** Leaves the checkpoint for whoever takes the job next. */
async function setDown(id: string, { trial }: Job, path: string, { depot, tell }: Bench): Promise<Attended> {
  try {
    await depot.put('checkpoint', id, await readFile(path));
  } catch (error) {
    if (!isMissing(error)) tell(`${trial.id}: its checkpoint cannot be handed over (${messageOf(error)})`);
  }
  return { kind: 'stopped', id: trial.id };
}
