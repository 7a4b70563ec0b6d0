/**
 * A store's side of the queue: puts its trials there, asks how they stand, takes them away. Stores that want the same trial
 * share its job; each leaves its mark on it, and what the last one has fetched is removed.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { type JobsOptions, Queue } from 'bullmq';
import type { ChainableCommander } from 'ioredis';
import { slices } from '../../base/collections.ts';
import { isMissing } from '../../disk/files.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { type Depot, TooLarge } from './blob-store.ts';
import type { Link } from './connection.ts';
import { inputsReader } from './inputs.ts';
import { jobData, jobId } from './job.ts';
import { blobKey, keepSeconds, prefix, wantedKey } from './names.ts';
import { announceQueue, type QueueCard } from './worker-registry.ts';

export type Standing =
  | { readonly kind: 'result' }
  /** bullmq gave it up. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'underway' }
  /** There is no trace of it: fetched by somebody else, or the server lost it. */
  | { readonly kind: 'gone' };

export interface Desk {
  /** Puts trials on the queue in their order, until the signal; those that are there already stay as they are. */
  enqueue(trials: readonly PlannedTrial[], signal?: AbortSignal): Promise<void>;
  /** How these jobs stand, in their order. */
  standings(jobs: readonly string[]): Promise<Standing[]>;
  /** Puts a trial there again of which nothing is left but, perhaps, the trace of a finished job. */
  renew(trial: PlannedTrial): Promise<void>;
  /** This store has what it wants of the job. */
  settle(job: string): Promise<void>;
  /** Takes off the queue what nobody has begun and no other store wants; what an earlier worker did of it is kept. */
  withdraw(jobs: readonly string[]): Promise<void>;
  /** Forgets what an earlier run left of these jobs. One at work stays. */
  forget(jobs: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly link: Link;
  readonly queue: string;
  readonly card: QueueCard;
  readonly depot: Depot;
  readonly store: Pick<Store, 'path' | 'folder'>;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
}

/** Jobs in one round trip. */
const slice = 500;

/** A fault of a worker is tried again, later and later; a death of the trial's process is the lane's to judge, and no fault. */
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

export function openDesk({ link, queue, card, depot, store, data }: DeskOptions): Desk {
  const { redis } = link;
  const jobs = new Queue(queue, {
    ...{ connection: redis, prefix, skipVersionCheck: true, defaultJobOptions: jobOptions },
    streams: { events: { maxLen: 10_000 } },
  });
  jobs.on('error', () => {}); // the link tells of a server that is away
  const inputsOf = inputsReader(data);
  const mark = createHash('sha256')
    .update(`${hostname()} ${resolve(store.path)}`)
    .digest('hex')
    .slice(0, 16);

  /** An unfinished trial of the store goes on where it was left. */
  async function lendCheckpoint(trial: PlannedTrial): Promise<void> {
    try {
      await depot.put('checkpoint', jobId(trial), await readFile(join(store.folder(trial.id), 'checkpoint')));
    } catch (error) {
      if (!isMissing(error) && !(error instanceof TooLarge)) throw error;
    }
  }

  async function unwant(job: string, withFiles: boolean): Promise<void> {
    const keys = [wantedKey(queue, job), blobKey(queue, 'result', job), blobKey(queue, 'checkpoint', job)];
    if ((await redis.eval(unmark, keys.length, ...keys, mark, withFiles ? '1' : '0')) !== 1) return;
    await jobs.remove(job);
    if (withFiles) await depot.clear(job);
  }

  async function enqueue(trials: readonly PlannedTrial[], signal?: AbortSignal): Promise<void> {
    await announceQueue(redis, queue, card);
    for (const part of slices(trials, slice)) {
      if (signal?.aborted) return;
      const marked = redis.pipeline();
      for (const trial of part) {
        const key = wantedKey(queue, jobId(trial));
        marked
          .sadd(key, mark)
          .expire(key, keepSeconds)
          .exists(blobKey(queue, 'checkpoint', jobId(trial)));
      }
      const replies = await repliesOf(marked);
      for (const [at, trial] of part.entries()) if (replies[at * 3 + 2] === 0) await lendCheckpoint(trial);
      const bulk = part.map(async (trial) => {
        const data = jobData(trial, await inputsOf(trial.spec), card.commit);
        return { name: 'trial', data, opts: { jobId: jobId(trial) } };
      });
      await jobs.addBulk(await Promise.all(bulk));
    }
  }

  return {
    enqueue,

    async renew(trial) {
      await jobs.remove(jobId(trial));
      await enqueue([trial]);
    },

    async standings(ids) {
      const standings: Standing[] = [];
      for (const part of slices(ids, slice)) {
        const asked = redis.pipeline();
        // The result last: a job that is seen as completed has had its result before.
        for (const id of part) {
          asked.zscore(jobs.toKey('completed'), id).exists(jobs.toKey(id)).zscore(jobs.toKey('failed'), id);
          asked.hget(jobs.toKey(id), 'failedReason').exists(blobKey(queue, 'result', id));
        }
        const replies = await repliesOf(asked);
        for (let at = 0; at < part.length; at++) {
          const [completed, job, failed, reason, result] = replies.slice(at * 5, at * 5 + 5);
          if (result === 1) standings.push({ kind: 'result' });
          else if (failed !== null) standings.push({ kind: 'failed', reason: String(reason ?? 'no reason known') });
          else standings.push({ kind: job === 1 && completed === null ? 'underway' : 'gone' });
        }
      }
      return standings;
    },

    settle: (job) => unwant(job, true),

    async withdraw(ids) {
      const [waiting, delayed] = await Promise.all([
        redis.lrange(jobs.toKey('wait'), 0, -1),
        redis.zrange(jobs.toKey('delayed'), '0', '-1'),
      ]);
      const idle = new Set([...waiting, ...delayed]);
      for (const part of slices(
        ids.filter((id) => idle.has(id)),
        slice,
      ))
        await Promise.all(part.map((id) => unwant(id, false)));
    },

    async forget(ids) {
      for (const part of slices(ids, slice)) {
        const gone = redis.pipeline();
        for (const id of part) gone.del(blobKey(queue, 'result', id), blobKey(queue, 'checkpoint', id));
        await repliesOf(gone);
        await Promise.all(part.map((id) => jobs.remove(id)));
      }
    },

    close: () => jobs.close(),
  };
}

/** Throws the first refusal, as where the server's memory is full. */
async function repliesOf(pipeline: ChainableCommander): Promise<unknown[]> {
  return ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
