/**
 * Processes one job of a worker: checks it, runs its trial on a pool worker from the checkpoint that an earlier worker left, and
 * stores the archive of its result. When jobs come and go is worker.ts's.
 */
import { rename, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { isMissing, makeFolder, writeWhole } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import { encodeRecord, type TrialRecord } from '../../store/record.ts';
import type { PoolWorker } from '../local/pool-worker.ts';
import { failedRecord } from '../trial-result.ts';
import { type Archive, filesOf, packArchive } from './archive.ts';
import { type BlobStore, TooLarge } from './blob-store.ts';
import { localSpec, localTrial, type Places, requireData, requireInputs } from './inputs.ts';
import { type Job, readJob } from './job.ts';
import { keepCopies } from './keep-copies.ts';
import { mostBytes } from './result-size.ts';
import { sameCommit, type Version } from './version.ts';

/** What a worker processes its jobs with. */
export interface ProcessorOptions {
  readonly blobs: BlobStore;
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

export type Processed =
  | { readonly kind: 'record'; readonly record: TrialRecord }
  /** The trial's own spec is wrong, as its run said. */
  | { readonly kind: 'usage'; readonly message: string }
  /** To be given back: the worker was told to stop. */
  | { readonly kind: 'stopped'; readonly id: string };

/** The job is nobody's: its data are not what this version puts on a queue. One line. */
export class InvalidJob extends Error {}

/** This worker cannot take the job, another may. One line. */
export class UnsuitableWorker extends Error {}

export class JobProcessor {
  readonly #options: ProcessorOptions;

  constructor(options: ProcessorOptions) {
    this.#options = options;
  }

  /**
   * Throws InvalidJob and UnsuitableWorker before the trial begins; UnsuitableWorker also where this machine's disk fails it.
   * Whatever else is thrown is worth another try.
   */
  async process(id: string, data: unknown, poolWorker: PoolWorker): Promise<Processed> {
    const { places, scratch, blobs, isStopping } = this.#options;
    const job = this.#admitted(id, data);
    await suitable(async () => {
      await requireInputs(job.inputs, places);
      requireData(job.trial.spec);
    });
    const folder = join(scratch, job.trial.id);
    try {
      await makeFolder(folder);
      await this.#fetchCheckpoint(id, job, folder);
      const record = isStopping() ? undefined : await this.#run(id, job, poolWorker, folder);
      if (record === undefined) return await this.#giveBack(id, job, folder);
      const delivered = await this.#deliver(id, job, record, poolWorker.maxRssBytes, folder);
      await blobs.remove('checkpoint', id);
      return { kind: 'record', record: delivered };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // What names our own folder is this machine's trouble (a full disk); the rest would be everybody's.
      if (error.message.includes(scratch)) throw new UnsuitableWorker(error.message);
      await blobs.put('result', id, packArchive({ kind: 'usage', message: error.message }));
      return { kind: 'usage', message: error.message };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  #admitted(id: string, data: unknown): Job {
    const { commit } = this.#options.version;
    let job: Job;
    try {
      job = readJob(id, data);
    } catch (error) {
      throw new InvalidJob(messageOf(error));
    }
    if (sameCommit(job.commit, commit)) return job;
    const advice = `git checkout ${job.commit.replace('+', '')}`;
    throw new UnsuitableWorker(`the trial is of commit ${job.commit}, this worker of ${commit}: ${advice}`);
  }

  async #fetchCheckpoint(id: string, { trial, inputs }: Job, folder: string): Promise<void> {
    const { blobs, places, tell } = this.#options;
    let checkpoint: Buffer | undefined;
    try {
      checkpoint = await blobs.get('checkpoint', id, () => mostBytes(localTrial(trial, inputs, places), places.data));
    } catch (error) {
      tell(`${trial.id}: its checkpoint cannot be had (${messageOf(error)}); it starts again`);
    }
    if (checkpoint !== undefined) await writeWhole(checkpointIn(folder), checkpoint);
  }

  /** The record names the spec as it was planned, whatever paths this machine has. */
  async #run(id: string, job: Job, poolWorker: PoolWorker, folder: string): Promise<TrialRecord | undefined> {
    const { places, blobs, copyMs } = this.#options;
    const { trial, inputs } = job;
    const copies = keepCopies(checkpointIn(folder), copyMs, (bytes) => blobs.put('checkpoint', id, bytes));
    try {
      return await poolWorker.run({
        trial: localTrial(trial, inputs, places),
        folder,
        localSpec: localSpec(trial.spec, inputs, places),
      });
    } finally {
      await copies.stop();
    }
  }

  /**
   * The record that was stored: a failed one where the finished trial is too large. A trial that failed takes its checkpoint
   * along: it may go on from there when it is tried again.
   */
  async #deliver(
    id: string,
    { trial }: Job,
    record: TrialRecord,
    maxRssBytes: number,
    folder: string,
  ): Promise<TrialRecord> {
    const isFailed = record.status === 'failed';
    const archive: Archive = { kind: 'record', record, files: await filesOf(folder, isFailed), maxRssBytes };
    try {
      await this.#putResult(id, archive);
      return record;
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      const { steps, wallSeconds } = record;
      const reason = isFailed ? '' : `${error.message}; the finished trial is ${await keepFolder(record, folder)}`;
      const failed = isFailed ? record : failedRecord(trial, this.#options, { reason, steps, wallSeconds }, new Date());
      await this.#putResult(id, { ...archive, record: failed, files: [] });
      return failed;
    }
  }

  /** A server that has no room for a finished trial is asked again: who collects results makes room. */
  async #putResult(id: string, archive: Archive): Promise<void> {
    const { blobs, isStopping, tell } = this.#options;
    const bytes = packArchive(archive);
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await blobs.put('result', id, bytes);
      } catch (error) {
        if (error instanceof TooLarge || error instanceof UsageError || isStopping()) throw error;
        if (pauseMs === firstPauseMs)
          tell(`Redis does not take a result (${messageOf(error)}); it is asked again and again`);
        await sleep(pauseMs);
      }
    }
  }

  /** Leaves the checkpoint for whoever takes the job next. */
  async #giveBack(id: string, { trial }: Job, folder: string): Promise<Processed> {
    const { blobs, tell } = this.#options;
    try {
      await blobs.put('checkpoint', id, await readBytes(checkpointIn(folder)));
    } catch (error) {
      if (!isMissing(error)) tell(`${trial.id}: its checkpoint cannot be handed over (${messageOf(error)})`);
    }
    return { kind: 'stopped', id: trial.id };
  }
}

/** Milliseconds before a result is offered again, the first time and at most. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

const checkpointIn = (folder: string): string => join(folder, 'checkpoint');

async function suitable(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw error instanceof UsageError ? new UnsuitableWorker(error.message) : error;
  }
}

/** Puts a finished trial where the user finds it: a folder as the store has them. Says where. */
async function keepFolder(record: TrialRecord, folder: string): Promise<string> {
  const place = join(tmpdir(), `modebench-kept-${record.id}`);
  await writeWhole(join(folder, 'trial.json'), encodeRecord(record));
  await rm(place, { recursive: true, force: true });
  await rename(folder, place);
  return `${place} on ${hostname()}`;
}
