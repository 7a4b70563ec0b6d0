/** Servers that cannot be had: one line each, soon, and none with a password in it. */
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { parseAddress } from '../../../src/launch/redis/address.ts';
import { openConnection } from '../../../src/launch/redis/connection.ts';
import { freePort, noRedis } from '../../bench/own-redis.ts';
import { needingRedis, startRedis } from './redis-server.ts';

async function refusal(url: string): Promise<string> {
  try {
    (await openConnection(parseAddress(url), 1_000)).close();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).not.toMatch(/hush|\n/);
    return (error as UsageError).message;
  }
  throw new Error(`${url} could be had`);
}

describe('a connection to what is no queue', () => {
  it('is refused where nothing listens, after some time', async () => {
    const port = await freePort();
    expect(await refusal(`redis://:hush@127.0.0.1:${port}`)).toMatch(
      `cannot reach Redis at redis://127.0.0.1:${port} (ECONNREFUSED): is redis-server running there`,
    );
  });

  it('is refused where something else listens', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await refusal(`redis://127.0.0.1:${port}`)).toBe(`what answers at redis://127.0.0.1:${port} is no Redis`);
  });
});

describe.skipIf(noRedis)(needingRedis('a connection to a queue'), () => {
  it('is refused without the right password, and where the server has no such database', async () => {
    const { url, port } = await startRedis('--requirepass', 'open sesame');
    expect(await refusal(url)).toBe(
      `Redis at ${url} wants a password: --queue redis://:PASSWORD@127.0.0.1:${port}, or MODEBENCH_REDIS_PASSWORD in the environment`,
    );
    expect(await refusal(url.replace('//', '//:hush@'))).toMatch(/refuses the password/);
    expect(await refusal(`${url.replace('//', '//:open%20sesame@')}/99`)).toBe(`Redis at ${url}/99 has no database 99`);
    const connection = await openConnection(parseAddress(url, 'open sesame'));
    expect([await connection.redis.ping(), connection.isAway]).toEqual(['PONG', false]);
    connection.close();
  });

  it('is refused where only one side speaks TLS', async () => {
    const { url } = await startRedis();
    expect(await refusal(url.replace('redis:', 'rediss:'))).toMatch(/does it speak TLS \(redis:\/\/ is without\)\?$/);
  });
});
