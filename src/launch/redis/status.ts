/** Says what lies on the queues of a Redis: workers, trials that wait, are at work, or have results that nobody fetched. Reads alone. */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { messageOf } from '../../base/one-line.ts';
import { finiteOrNull } from '../../base/representable.ts';
import { addressOf } from './address.ts';
import { exitSoon, openConnection } from './connection.ts';
import { readJob } from './job.ts';
import { prefix } from './names.ts';
import { readEvent } from './progress-events.ts';
import { ownVersion } from './version.ts';
import { announcedQueues, liveWorkers, type QueueCard } from './worker-registry.ts';

export interface RunningTrial {
  readonly id: string;
  /** As its worker said last; `null` before it does. */
  readonly step: number | null;
  readonly steps: number | null;
  readonly stepsPerSecond: number | null;
}

export interface QueueStatus extends QueueCard {
  /** Whether this copy of the program may gather its results. */
  readonly isOwn: boolean;
  readonly workers: readonly { readonly host: string; readonly jobs: number; readonly device: string }[];
  readonly waiting: number;
  /** Done by a worker, and not fetched by every run that wants it. */
  readonly results: number;
  readonly failed: number;
  readonly running: readonly RunningTrial[];
}

export interface ServerStatus {
  /** As it may be shown. */
  readonly address: string;
  readonly queues: readonly QueueStatus[];
}

/** @param url as typed. Throws UsageError where it cannot be reached. */
export async function serverStatus(url: string): Promise<ServerStatus> {
  const address = addressOf(url);
  const connection = await openConnection(address);
  try {
    return { address: address.shown, queues: await queuesOf(connection.redis) };
  } finally {
    if (connection.isAway) exitSoon();
    connection.close();
  }
}

/** Those on which trials were put or workers wait. */
export async function queuesOf(redis: Redis, code: string = ownVersion().code): Promise<QueueStatus[]> {
  const workers = await liveWorkers(redis);
  const cards = await announcedQueues(redis);
  for (const { queue, commit } of workers) {
    const [, engine = queue, version = ''] = /^(.*)-([^-]*)$/.exec(queue) ?? [];
    if (!cards.has(queue)) cards.set(queue, { engine, code: version, commit });
  }
  const found: QueueStatus[] = [];
  for (const [queue, card] of cards) {
    const status = await statusOf(redis, queue);
    const own = workers
      .filter((worker) => worker.queue === queue)
      .map(({ host, jobs, device }) => ({ host, jobs, device }));
    found.push({ ...card, isOwn: card.code === code, workers: own, ...status });
  }
  return found.filter(
    ({ workers: own, waiting, running, results, failed }) =>
      own.length + waiting + running.length + results + failed > 0,
  );
}

async function statusOf(redis: Redis, queue: string) {
  const jobs = new Queue(queue, { connection: redis, prefix, skipVersionCheck: true, skipMetasUpdate: true });
  jobs.on('error', () => {}); // the connection tells of a server that is away
  try {
    const active = await jobs.getActive();
    return {
      waiting: await jobs.getJobCountByTypes('wait', 'delayed'),
      results: await jobs.getJobCountByTypes('completed'),
      failed: await jobs.getJobCountByTypes('failed'),
      running: active.map(({ id = '', data, progress }) => runningTrial(id, data, progress)),
    };
  } finally {
    await jobs.close();
  }
}

function runningTrial(id: string, data: unknown, progress: unknown): RunningTrial {
  const event = readEvent(progress);
  const told = event?.kind === 'progress' ? event.progress : undefined;
  return {
    id: nameOf(id, data),
    step: told?.step ?? null,
    steps: told?.steps ?? null,
    stepsPerSecond: told ? finiteOrNull(told.stepsPerSecond) : null,
  };
}

function nameOf(id: string, data: unknown): string {
  try {
    return readJob(id, data).trial.id;
  } catch (error) {
    return `no trial of ours (${messageOf(error)})`;
  }
}
