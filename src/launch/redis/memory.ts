/** Asks a server whether it refuses to store anything more: workers then keep their results until there is room. */
import type { Redis } from 'ioredis';

/** The part of its memory from which a server may refuse a result, which it counts while it comes in. */
const share = 0.9;

/** One line while hardly any of the memory is left that the server is allowed, and it evicts nothing; `undefined` otherwise. */
export async function memoryLine(redis: Redis, shown: string): Promise<string | undefined> {
  const said = await redis.info('memory').catch(() => ''); // some servers do not say
  const number = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(said)?.[1] ?? 0);
  const most = number('maxmemory');
  const used = number('used_memory') - number('mem_not_counted_for_evict');
  if (most === 0 || used < share * most || !/^maxmemory_policy:noeviction/m.test(said)) return undefined;
  const [has, may] = [used, most].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  return `Redis at ${shown} is out of memory, or nearly (${has} of ${may} MB): what it refuses waits until it has room (maxmemory)`;
}
