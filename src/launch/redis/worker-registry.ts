/**
 * Who is there: workers show themselves by a key that ends when they fall silent, and whoever puts trials on a queue leaves
 * its name, so that a worker of another version can say what is wrong. No clocks of different machines are compared.
 */
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

/** Seconds after which a silent worker is taken for gone, and between two signs of life. */
const silenceSeconds = 30;
const signSeconds = 10;

/** Shows a worker until `leave`. A server that is away sees it again later. */
export function showWorker(redis: Redis, id: string, card: WorkerCard): { leave(): Promise<void> } {
  const sign = () =>
    redis
      .multi()
      .sadd(workersKey, id)
      .set(workerKey(id), JSON.stringify(card), 'EX', silenceSeconds)
      .exec()
      .catch(() => {}); // the connection was closed
  void sign();
  const timer = setInterval(sign, signSeconds * 1000);
  return {
    leave: async () => {
      clearInterval(timer);
      await redis.multi().srem(workersKey, id).del(workerKey(id)).exec();
    },
  };
}

/** The workers that are there, of every version. */
export async function workersThere(redis: Redis): Promise<WorkerCard[]> {
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

/** Queues other than `own` on which trials wait while on `own` there are none. */
export async function waitingElsewhere(redis: Redis, own: string): Promise<QueueCard[]> {
  if ((await trialsOn(redis, own)) > 0) return [];
  const others = Object.entries(await redis.hgetall(queuesKey)).filter(([queue]) => queue !== own);
  const waiting: QueueCard[] = [];
  for (const [queue, card] of others) {
    if ((await redis.llen(`${prefix}:${queue}:wait`)) > 0) waiting.push(...readCard(queueSchema, card));
  }
  return waiting;
}

/** Trials that wait or are at work. */
async function trialsOn(redis: Redis, queue: string): Promise<number> {
  const counts = await Promise.all([
    redis.llen(`${prefix}:${queue}:wait`),
    redis.llen(`${prefix}:${queue}:active`),
    redis.zcard(`${prefix}:${queue}:delayed`),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What others wrote is shown or ignored, never trusted. */
function readCard<T>(schema: z.ZodType<T>, text: string | null): T[] {
  try {
    const parsed = schema.safeParse(JSON.parse(text ?? 'null'));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
