/** What goes through Redis comes back whole; what somebody else put there is refused before it takes memory and disk. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BlobStore } from '../../../src/launch/redis/blob-store.ts';
import { blobKey } from '../../../src/launch/redis/names.ts';
import { mostBytes, usualBytes } from '../../../src/launch/redis/result-size.ts';
import { runTrial } from '../../../src/trial/run-trial.ts';
import { noRedis } from '../../bench/own-redis.ts';
import { planned, smallSpec } from '../../trial/specs.ts';
import { linked } from './kit.ts';
import { needingRedis, startRedis } from './redis-server.ts';

const mega = 2 ** 20;
const never = async () => {
  throw new Error('not asked for what is usual');
};

describe.skipIf(noRedis !== undefined)(needingRedis('what goes through Redis'), () => {
  it('takes weights and tables as they are, and what is unusually regular as far as its trial can have made it', async () => {
    const { redis } = await linked((await startRedis()).url);
    const blobs = new BlobStore(redis, 'q');
    for (const bytes of [Buffer.from('step,lossD\n'), randomBytes(3 * mega), Buffer.alloc(usualBytes)]) {
      await blobs.put('result', 'a', bytes);
      expect(bytes.equals((await blobs.get('result', 'a', never)) ?? Buffer.of())).toBe(true);
    }
    const weights = randomBytes(20 * mega);
    await blobs.put('result', 'a', weights);
    expect(weights.equals((await blobs.get('result', 'a', async () => 20 * mega)) ?? Buffer.of())).toBe(true);
    // Not even fetched.
    await expect(blobs.get('result', 'a', async () => 19 * mega)).rejects.toThrow(
      'it unpacks to more than the 19 MB that its trial can leave',
    );
    // A diverged trial's networks are one number again and again.
    const constant = Buffer.alloc(40 * mega, 7);
    await blobs.put('result', 'a', constant);
    expect(constant.equals((await blobs.get('result', 'a', async () => 40 * mega)) ?? Buffer.of())).toBe(true);
    await expect(blobs.get('result', 'a', async () => 40 * mega - 1)).rejects.toThrow(
      'it unpacks to more than the 40 MB that its trial can leave',
    );
  });

  it('refuses hundreds of MB of zeros after 33, and one that is larger than any that is put', async () => {
    const { redis } = await linked((await startRedis()).url);
    const blobs = new BlobStore(redis, 'q', undefined, mega);
    const trial = planned(smallSpec('gan'));
    const key = blobKey('q', 'result', 'forged');
    await redis.set(key, Buffer.concat([Buffer.of(1), deflateSync(Buffer.alloc(200 * mega))]));
    const most = await mostBytes(trial, '');
    expect(most).toBeLessThan(33 * mega);
    await expect(blobs.get('result', 'forged', () => mostBytes(trial, ''))).rejects.toThrow(/^it unpacks to more than/);
    await redis.set(key, Buffer.alloc(mega + 2));
    await expect(blobs.get('result', 'forged', never)).rejects.toThrow(`it has more than ${mega} bytes`);
  });
});

it('a trial leaves less than its spec is said to be able to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modebench-size-'));
  try {
    const trial = { ...planned(smallSpec('bigan')), film: { frames: 24 } };
    const context = { engine: 'onnx', device: 'cpu', data: folder, folder, onProgress: () => {} } as const;
    await runTrial(trial, context);
    const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan((await mostBytes(trial, folder)) - usualBytes);
  } finally {
    await rm(folder, { recursive: true });
  }
});
