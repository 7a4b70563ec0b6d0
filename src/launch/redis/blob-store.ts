/**
 * Stores the bytes that travel through Redis: compressed, bounded, kept for some days. What is larger than the bound goes to a
 * folder that both sides see, and Redis holds its name.
 */
import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { errorCode, isMissing, writeWhole } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import { type BlobKind, blobKey, keepSeconds } from './names.ts';
import { usualBytes } from './result-size.ts';

/** One line: how large it is, what the bound is, what helps. */
export class TooLarge extends Error {}

/** Compressed bytes that go through Redis in one piece. */
const mostBytes = 64 * 2 ** 20;
/** No trial leaves so much. */
const mostUnpacked = 2 ** 30;
/**
 * Of what has few compressed bytes and unpacks to so many times them nobody asks whether its trial can have left it. Weights
 * hardly compress: what unpacks to more is zeros, of a diverged trial or a decompression bomb.
 */
const [fewBytes, usualRatio] = [4 * 2 ** 20, 4];
/** Compressing adds to what is random: so many bytes to each, by zlib's own bound with room. */
const overhead = 1.001;

const packed = promisify(deflate);
const unpacked = promisify(inflate);

/** `undefined` where it unpacks to more than `most` bytes. */
async function unpackedTo(most: number, small: Buffer): Promise<Buffer | undefined> {
  try {
    return await unpacked(small, { maxOutputLength: most });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/** Throws where a trial that leaves `most` bytes at most cannot have left so many compressed ones. */
function refuseMore(compressed: number, most: number): void {
  if (compressed > most * overhead + 1_024) throw tooMuch(most);
}

const tooMuch = (most: number): Error =>
  new Error(`it unpacks to more than the ${Math.ceil(most / 2 ** 20)} MB that its trial can leave`);

/** The first byte of a value: what follows is the bytes themselves, or where they are. */
const [inline, elsewhere] = [1, 2];
const placeSchema = z.strictObject({
  name: z.string().regex(/^[0-9a-f]{64}(-[0-9a-f]{64})?(-film)?\.(result|checkpoint)$/),
  sha256: z.string(),
});

export class BlobStore {
  readonly #redis: Redis;
  readonly #queue: string;
  readonly #shared: string | undefined;
  readonly #limit: number;

  /** @param shared the folder that all machines see, by whatever path. @param limit of compressed bytes. */
  constructor(redis: Redis, queue: string, shared?: string, limit: number = mostBytes) {
    this.#redis = redis;
    this.#queue = queue;
    this.#shared = shared;
    this.#limit = limit;
  }

  /** Throws TooLarge where neither Redis nor a shared folder takes it. */
  async put(kind: BlobKind, job: string, bytes: Uint8Array): Promise<void> {
    const small = await packed(bytes, { level: 6 });
    if (small.length <= this.#limit) {
      await this.#set(kind, job, inline, small);
      return;
    }
    if (this.#shared === undefined) {
      const [size, most] = [small.length, this.#limit].map((count) => `${(count / 2 ** 20).toFixed(1)} MB`);
      throw new TooLarge(
        `its ${kind} takes ${size} and at most ${most} go through Redis: give workers and exp --shared <a folder that all see>`,
      );
    }
    const name = `${job}.${kind}`;
    await writeWhole(join(this.#shared, name), small);
    const sha256 = createHash('sha256').update(small).digest('hex');
    await this.#set(kind, job, elsewhere, Buffer.from(JSON.stringify({ name, sha256 })));
  }

  /**
   * What was put; `undefined` where nothing is. Throws UsageError without the folder that it needs, Error for damage.
   *
   * @param most bytes that the job's trial can leave; asked only where what is there is unusually large, or unpacks to
   *   unusually much. Nothing larger is held.
   */
  async get(kind: BlobKind, job: string, most: () => Promise<number>): Promise<Buffer | undefined> {
    const key = this.#key(kind, job);
    const bound = async () => Math.min(await most(), mostUnpacked);
    const size = await this.#redis.strlen(key);
    if (size > this.#limit + 1) throw new Error(`it has more than ${this.#limit} bytes`);
    if (size > fewBytes) refuseMore(size, await bound());
    const value = await this.#redis.getBuffer(key);
    if (value === null) return undefined;
    const isInline = value[0] !== elsewhere;
    const small = isInline ? value.subarray(1) : await this.#fromFolder(value.subarray(1), job, bound);
    const usual = small.length > fewBytes ? undefined : await unpackedTo(usualBytes + usualRatio * small.length, small);
    return usual ?? this.#unpacked(small, await bound());
  }

  async #unpacked(small: Buffer, most: number): Promise<Buffer> {
    const bytes = await unpackedTo(most, small);
    if (bytes) return bytes;
    throw tooMuch(most);
  }

  async remove(kind: BlobKind, job: string): Promise<void> {
    await this.#redis.del(this.#key(kind, job));
    await this.#discard(kind, job);
  }

  /** Removes what lies of a job in the shared folder; the caller removes its keys. */
  async clear(job: string): Promise<void> {
    await this.#discard('result', job);
    await this.#discard('checkpoint', job);
  }

  #key(kind: BlobKind, job: string): string {
    return blobKey(this.#queue, kind, job);
  }

  async #set(kind: BlobKind, job: string, tag: number, value: Uint8Array): Promise<void> {
    await this.#redis.set(this.#key(kind, job), Buffer.concat([Buffer.of(tag), value]), 'EX', keepSeconds);
  }

  async #fromFolder(value: Buffer, job: string, bound: () => Promise<number>): Promise<Buffer> {
    const { name, sha256 } = placeSchema.parse(JSON.parse(value.toString()));
    if (this.#shared === undefined)
      throw new UsageError(`files of ${job.slice(0, 8)} lie in the folder that workers share: give it with --shared`);
    const path = join(this.#shared, name);
    try {
      const { size } = await stat(path);
      if (size > fewBytes) refuseMore(size, await bound());
      const bytes = await readBytes(path);
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${name} is damaged`);
      return bytes;
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new UsageError(`--shared: ${path} is not there: expected the folder that workers were given`);
    }
  }

  async #discard(kind: BlobKind, job: string): Promise<void> {
    if (this.#shared !== undefined) await rm(join(this.#shared, `${job}.${kind}`), { force: true });
  }
}
