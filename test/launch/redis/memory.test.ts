/** A server whose memory is used up is told from one that has room, and from one that makes room by itself. */
import { describe, expect, it } from 'vitest';
import { memoryLine } from '../../../src/launch/redis/memory.ts';
import { noRedis } from '../../bench/own-redis.ts';
import { linked } from './kit.ts';
import { needingRedis, startRedis } from './redis-server.ts';

describe.skipIf(noRedis !== undefined)(needingRedis('the memory of a server'), () => {
  it.each([
    [
      'noeviction',
      /^Redis at there is out of memory, or nearly \([78]\.\d of 8\.0 MB\): what it refuses waits until it has room \(maxmemory\)$/,
    ],
    ['allkeys-lru', undefined],
  ])('with %s', async (policy, line) => {
    const { url } = await startRedis('--maxmemory', '8mb', '--maxmemory-policy', policy);
    const { redis } = await linked(url);
    expect(await memoryLine(redis, 'there')).toBeUndefined();
    const refusals: unknown[] = [];
    for (let at = 0; at < 100; at++)
      await redis.set(`key ${at}`, Buffer.alloc(128 * 2 ** 10)).catch((error: Error) => refusals.push(error.message));
    expect(refusals.length > 0).toBe(line !== undefined);
    const said = await memoryLine(redis, 'there');
    if (line === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(line);
    await redis.flushall();
    expect(await memoryLine(redis, 'there')).toBeUndefined();
  });
});
