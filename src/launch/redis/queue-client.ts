/**
 * Accesses the queue for a store: puts its trials there, asks for the states of their jobs, takes them away. Stores that want
 * the same trial share its job; each leaves its mark on it, and what the last one has fetched is removed.
 */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { type JobsOptions, Queue } from 'bullmq';
import type { ChainableCommander, Redis } from 'ioredis';
import { slices } from '../../base/collections.ts';
import { isMissing } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { type BlobStore, TooLarge } from './blob-store.ts';
import { type Inputs, inputsReader } from './inputs.ts';
import { jobData, jobId } from './job.ts';
import { blobKey, keepSeconds, prefix, wantedKey } from './names.ts';
import { announceQueue, type QueueCard } from './worker-registry.ts';

export type JobState =
  | { readonly kind: 'result' }
  /** BullMQ gave it up. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'underway' }
  /** There is no trace of it: fetched by somebody else, or the server lost it. */
  | { readonly kind: 'gone' };

export interface QueueClientOptions {
  readonly redis: Redis;
  readonly queue: string;
  readonly card: QueueCard;
  readonly blobs: BlobStore;
  readonly store: Pick<Store, 'path' | 'folder'>;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
}

/** Jobs in one round trip. */
const slice = 500;

/** A fault of a worker is tried again, later and later; the pool worker decides on a death of the trial's process, which is no fault. */
const jobOptions: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: { age: keepSeconds },
  removeOnFail: { age: keepSeconds },
};

/** Takes a store's mark off; where it was the last, the job's marks (and, if ARGV[2] is 1, its files) go. Returns whether. */
const unmark = `
redis.call('SREM', KEYS[1], ARGV[1])
if redis.call('SCARD', KEYS[1]) > 0 then return 0 end
if ARGV[2] == '1' then redis.call('DEL', KEYS[2], KEYS[3]) end
return 1`;

export class QueueClient {
  readonly #options: QueueClientOptions;
  readonly #jobs: Queue;
  readonly #inputsOf: (trial: PlannedTrial) => Promise<Inputs>;
  /** This store's, on the jobs that it wants. */
  readonly #mark: string;

  constructor(options: QueueClientOptions) {
    const { redis, queue, data, store } = options;
    this.#options = options;
    this.#jobs = new Queue(queue, {
      ...{ connection: redis, prefix, skipVersionCheck: true, defaultJobOptions: jobOptions },
      streams: { events: { maxLen: 10_000 } },
    });
    this.#jobs.on('error', () => {}); // the connection tells of a server that is away
    this.#inputsOf = inputsReader(data);
    const owner = `${hostname()} ${resolve(store.path)}`;
    this.#mark = createHash('sha256').update(owner).digest('hex').slice(0, 16);
  }

  /** Puts trials on the queue in their order, until the signal; those that are there already stay as they are. */
  async enqueue(trials: readonly PlannedTrial[], signal?: AbortSignal): Promise<void> {
    const { redis, queue, card } = this.#options;
    await announceQueue(redis, queue, card);
    for (const part of slices(trials, slice)) {
      if (signal?.aborted) return;
      await this.#want(part);
      const bulk = part.map(async (trial) => {
        const data = jobData(trial, await this.#inputsOf(trial), card.commit);
        return { name: 'trial', data, opts: { jobId: jobId(trial) } };
      });
      await this.#jobs.addBulk(await Promise.all(bulk));
    }
  }

  /** Puts a trial there again of which nothing is left but, perhaps, the trace of a finished job. */
  async renew(trial: PlannedTrial): Promise<void> {
    await this.#jobs.remove(jobId(trial));
    await this.enqueue([trial]);
  }

  /**
   * The states of these jobs, in their order. Lists are read whole: asking for the state of each of ten thousand jobs searches
   * the list of the waiting ones as often, which takes thirty times as long.
   */
  async states(ids: readonly string[]): Promise<JobState[]> {
    const underway = new Set(await this.#jobs.getRanges(['active', 'wait', 'delayed'], 0, -1));
    const failed = new Set(await this.#jobs.getRanges(['failed'], 0, -1));
    const states: JobState[] = [];
    for (const part of slices(ids, slice)) {
      // The result last: a job that is no longer underway has had its result before.
      const asked = this.#options.redis.pipeline();
      for (const id of part) asked.exists(this.#blobKey('result', id));
      const results = await repliesOf(asked);
      for (const [at, id] of part.entries()) {
        if (results[at] === 1) states.push({ kind: 'result' });
        else if (failed.has(id)) states.push({ kind: 'failed', reason: await this.#failedReason(id) });
        else states.push({ kind: underway.has(id) ? 'underway' : 'gone' });
      }
    }
    return states;
  }

  /** This store has what it wants of the job. */
  settle(job: string): Promise<void> {
    return this.#unwant(job, true);
  }

  /** Takes off the queue what nobody has begun and no other store wants; what an earlier worker did of it is kept. */
  async withdraw(ids: readonly string[]): Promise<void> {
    const idle = new Set(await this.#jobs.getRanges(['wait', 'delayed'], 0, -1));
    const mine = ids.filter((id) => idle.has(id));
    for (const part of slices(mine, slice)) await Promise.all(part.map((id) => this.#unwant(id, false)));
  }

  /** Forgets what an earlier run left of these jobs. One at work stays. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const part of slices(ids, slice)) {
      const gone = this.#options.redis.pipeline();
      for (const id of part) gone.del(this.#blobKey('result', id), this.#blobKey('checkpoint', id));
      await repliesOf(gone);
      await Promise.all(part.map((id) => this.#jobs.remove(id)));
    }
  }

  close(): Promise<void> {
    return this.#jobs.close();
  }

  #blobKey(kind: 'result' | 'checkpoint', job: string): string {
    return blobKey(this.#options.queue, kind, job);
  }

  async #failedReason(id: string): Promise<string> {
    return (await this.#jobs.getJob(id))?.failedReason ?? 'no reason known';
  }

  /** Leaves this store's mark on the trials' jobs, and its checkpoints where the queue has none. */
  async #want(trials: readonly PlannedTrial[]): Promise<void> {
    const { redis, queue } = this.#options;
    const marked = redis.pipeline();
    for (const trial of trials) {
      const key = wantedKey(queue, jobId(trial));
      marked.sadd(key, this.#mark).expire(key, keepSeconds);
      marked.exists(this.#blobKey('checkpoint', jobId(trial)));
    }
    const replies = await repliesOf(marked);
    for (const [at, trial] of trials.entries()) if (replies[at * 3 + 2] === 0) await this.#lendCheckpoint(trial);
  }

  /** An unfinished trial of the store goes on where it was left. */
  async #lendCheckpoint(trial: PlannedTrial): Promise<void> {
    const { blobs, store } = this.#options;
    try {
      await blobs.put('checkpoint', jobId(trial), await readBytes(join(store.folder(trial.id), 'checkpoint')));
    } catch (error) {
      if (!isMissing(error) && !(error instanceof TooLarge)) throw error;
    }
  }

  async #unwant(job: string, withFiles: boolean): Promise<void> {
    const { redis, queue, blobs } = this.#options;
    const keys = [wantedKey(queue, job), this.#blobKey('result', job), this.#blobKey('checkpoint', job)];
    if ((await redis.eval(unmark, keys.length, ...keys, this.#mark, withFiles ? '1' : '0')) !== 1) return;
    await this.#jobs.remove(job);
    if (withFiles) await blobs.clear(job);
  }
}

/** Throws the first refusal, as where the server's memory is full. */
async function repliesOf(pipeline: ChainableCommander): Promise<unknown[]> {
  return ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
