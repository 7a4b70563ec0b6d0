/**
 * Bytes that travel through Redis: compressed, bounded, kept for some days. What is larger than the bound goes to a folder
 * that both sides see, and Redis holds its name.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { isMissing, writeWhole } from '../../disk/files.ts';
import { type BlobKind, blobKey, keepSeconds } from './names.ts';

export interface Depot {
  /** Throws TooLarge where neither Redis nor a shared folder takes it. */
  put(kind: BlobKind, job: string, bytes: Uint8Array): Promise<void>;
  /** What was put; `undefined` where nothing is. Throws UsageError without the folder that it needs, Error for damage. */
  get(kind: BlobKind, job: string): Promise<Buffer | undefined>;
  remove(kind: BlobKind, job: string): Promise<void>;
  /** Removes what lies of a job in the shared folder; its keys are the caller's. */
  clear(job: string): Promise<void>;
}

/** One line: how large it is, what the bound is, what helps. */
export class TooLarge extends Error {}

/** Compressed bytes that go through Redis in one piece. */
export const mostBytes = 64 * 2 ** 20;
/** No trial leaves so much; a bomb would. */
const mostUnpacked = 2 ** 30;

const packed = promisify(deflate);
const unpacked = promisify(inflate);

/** The first byte of a value: what follows is the bytes themselves, or where they are. */
const [inline, elsewhere] = [1, 2];
const placeSchema = z.strictObject({
  name: z.string().regex(/^[0-9a-f]{64}(-film)?\.(result|checkpoint)$/),
  sha256: z.string(),
});

/** @param shared the folder that all machines see, by whatever path; `limit` is of compressed bytes. */
export function openDepot(redis: Redis, queue: string, shared?: string, limit: number = mostBytes): Depot {
  const key = (kind: BlobKind, job: string) => blobKey(queue, kind, job);
  const store = (kind: BlobKind, job: string, tag: number, value: Uint8Array) =>
    redis.set(key(kind, job), Buffer.concat([Buffer.of(tag), value]), 'EX', keepSeconds);

  async function placed(value: Buffer, job: string): Promise<Buffer> {
    const { name, sha256 } = placeSchema.parse(JSON.parse(value.toString()));
    if (shared === undefined)
      throw new UsageError(`files of ${job.slice(0, 8)} lie in the folder that workers share: give it with --shared`);
    try {
      const bytes = await readFile(join(shared, name));
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${name} is damaged`);
      return bytes;
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new UsageError(`--shared: ${join(shared, name)} is not there: expected the folder that workers were given`);
    }
  }

  const discard = async (kind: BlobKind, job: string) => {
    if (shared !== undefined) await rm(join(shared, `${job}.${kind}`), { force: true });
  };

  return {
    async put(kind, job, bytes) {
      const small = await packed(bytes, { level: 6 });
      if (small.length <= limit) {
        await store(kind, job, inline, small);
        return;
      }
      if (shared === undefined) {
        const [size, most] = [small.length, limit].map((count) => `${(count / 2 ** 20).toFixed(1)} MB`);
        throw new TooLarge(
          `its ${kind} takes ${size} and at most ${most} go through Redis: give workers and exp --shared <a folder that all see>`,
        );
      }
      const name = `${job}.${kind}`;
      await writeWhole(join(shared, name), small);
      const sha256 = createHash('sha256').update(small).digest('hex');
      await store(kind, job, elsewhere, Buffer.from(JSON.stringify({ name, sha256 })));
    },
    async get(kind, job) {
      const value = await redis.getBuffer(key(kind, job));
      if (value === null) return undefined;
      const small = value[0] === elsewhere ? await placed(value.subarray(1), job) : value.subarray(1);
      return unpacked(small, { maxOutputLength: mostUnpacked });
    },
    async remove(kind, job) {
      await redis.del(key(kind, job));
      await discard(kind, job);
    },
    async clear(job) {
      await discard('result', job);
      await discard('checkpoint', job);
    },
  };
}
