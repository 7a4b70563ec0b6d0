/**
 * Registers workers, by heartbeats that keep a key from expiring, and queues, so that a worker of another version can say what
 * is wrong. Why not BullMQ's getWorkers: it lists the connections of one queue, without host, version and trials at once, keeps
 * those of a vanished machine for minutes, and needs a command that some servers refuse. No machine's clock is compared.
 */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { prefix, queuesKey, workerKey, workersKey } from './names.ts';

/** Letters that are shown as they are. */
const word = z.string().regex(/^[\w.+-]{0,255}$/);

const workerSchema = z.strictObject({
  host: word,
  pid: z.int(),
  /** Its own queue: engine and version. */
  queue: word,
  device: word,
  /** Trials at once. */
  jobs: z.int().positive(),
  commit: word,
});
export type WorkerCard = Readonly<z.infer<typeof workerSchema>>;

const queueSchema = z.strictObject({ engine: word, code: word, commit: word });
/** What a queue is for. */
export type QueueCard = Readonly<z.infer<typeof queueSchema>>;

/** Seconds after which a silent worker is taken for gone, and between two heartbeats. */
const silenceSeconds = 30;
const heartbeatSeconds = 10;

/** Registers a worker until `leave`. A server that is away hears of it again later. */
export function registerWorker(redis: Redis, id: string, card: WorkerCard): { leave(): Promise<void> } {
  const beat = () =>
    redis
      .multi()
      .sadd(workersKey, id)
      .set(workerKey(id), JSON.stringify(card), 'EX', silenceSeconds)
      .exec()
      .catch(() => {}); // the connection was closed
  void beat();
  const timer = setInterval(beat, heartbeatSeconds * 1000);
  return {
    leave: async () => {
      clearInterval(timer);
      await redis.multi().srem(workersKey, id).del(workerKey(id)).exec();
    },
  };
}

/** The workers that are there, of every version. */
export async function liveWorkers(redis: Redis): Promise<WorkerCard[]> {
  const ids = await redis.smembers(workersKey);
  if (ids.length === 0) return [];
  const cards = await redis.mget(ids.map(workerKey));
  const silent = ids.filter((_, at) => cards[at] === null);
  if (silent.length > 0) await redis.srem(workersKey, silent);
  return cards.flatMap((card) => readCard(workerSchema, card));
}

/** Says what a queue is for. */
export async function announceQueue(redis: Redis, queue: string, card: QueueCard): Promise<void> {
  await redis.hset(queuesKey, queue, JSON.stringify(card));
}

/** Queues on which trials were put, each with what it is for. */
export async function announcedQueues(redis: Redis): Promise<Map<string, QueueCard>> {
  const found = Object.entries(await redis.hgetall(queuesKey));
  return new Map(found.flatMap(([queue, card]) => readCard(queueSchema, card).map((one) => [queue, one] as const)));
}

/** Queues other than `own` on which trials wait while on `own` there are none. */
export async function waitingElsewhere(redis: Redis, own: string): Promise<QueueCard[]> {
  if ((await countJobs(redis, own, ['wait', 'active', 'delayed'])) > 0) return [];
  const waiting: QueueCard[] = [];
  for (const [queue, card] of await announcedQueues(redis)) {
    if (queue !== own && (await countJobs(redis, queue, ['wait'])) > 0) waiting.push(card);
  }
  return waiting;
}

async function countJobs(redis: Redis, queue: string, states: readonly JobState[]): Promise<number> {
  const jobs = new Queue(queue, { connection: redis, prefix, skipVersionCheck: true, skipMetasUpdate: true });
  jobs.on('error', () => {}); // the connection tells of a server that is away
  try {
    return await jobs.getJobCountByTypes(...states);
  } finally {
    await jobs.close();
  }
}

type JobState = 'wait' | 'active' | 'delayed';

/** What others wrote is shown or ignored, never trusted. */
function readCard<T>(schema: z.ZodType<T>, text: string | null): T[] {
  try {
    const parsed = schema.safeParse(JSON.parse(text ?? 'null'));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
