/** Writes pictures and labels to two files and hashes them while writing; memory stays at one buffer. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setFiles } from '../pictures/manifest.ts';
import type { PictureSink, Shape } from './recipe.ts';

/** Bytes of pictures between two writes. Small enough that an interrupt is noticed soon. */
const bufferBytes = 1 << 20;

export interface Written {
  readonly shape: Shape;
  readonly count: number;
  /** Index of the first picture that is held out, where the recipe said so. */
  readonly heldOutFrom: number | undefined;
  readonly sha256: { readonly images: string; readonly labels?: string };
}

export interface PictureWriter extends PictureSink {
  /** Puts everything on the disk and closes the files. */
  finish(): Promise<Written>;
  /** Closes the files as they are. */
  abandon(): Promise<void>;
}

/** Files of `folder`, which must not hold them yet; that of the labels is written where `labelWidth` is not 0. */
export async function openWriter(
  folder: string,
  shape: Shape,
  labelWidth: number,
  signal: AbortSignal,
): Promise<PictureWriter> {
  const pictureBytes = shape[0] * shape[1] * shape[2];
  const images = await openHashed(join(folder, setFiles.images), pictureBytes);
  const labels = labelWidth > 0 ? await openHashed(join(folder, setFiles.labels), labelWidth) : undefined;
  let count = 0;
  let heldOutFrom: number | undefined;
  return {
    async add(pixels, own) {
      signal.throwIfAborted();
      if ((own?.length ?? 0) !== labelWidth)
        throw new Error(`internal: expected ${labelWidth} labels for picture ${count}, got ${own?.length ?? 0}`);
      await images.append(pixels);
      if (own) await labels?.append(own);
      count++;
    },
    startHeldOut() {
      if (heldOutFrom !== undefined) throw new Error('internal: the held-out part began already');
      heldOutFrom = count;
    },
    async finish() {
      const hashes = { images: await images.finish(), ...(labels && { labels: await labels.finish() }) };
      return { shape, count, heldOutFrom, sha256: hashes };
    },
    async abandon() {
      await images.close();
      await labels?.close();
    },
  };
}

interface HashedFile {
  append(record: Uint8Array): Promise<void>;
  finish(): Promise<string>;
  close(): Promise<void>;
}

/** Records of one length, gathered in a buffer. */
async function openHashed(path: string, length: number): Promise<HashedFile> {
  const file: FileHandle = await open(path, 'wx');
  const hash: Hash = createHash('sha256');
  const buffer = new Uint8Array(Math.max(bufferBytes, length));
  let used = 0;
  const flush = async () => {
    const full = buffer.subarray(0, used);
    hash.update(full);
    await file.appendFile(full);
    used = 0;
  };
  return {
    async append(record) {
      if (record.length !== length)
        throw new Error(`internal: expected ${length} bytes for ${path}, got ${record.length}`);
      if (used + length > buffer.length) await flush();
      buffer.set(record, used);
      used += length;
    },
    async finish() {
      await flush();
      await file.sync();
      await file.close();
      return hash.digest('hex');
    },
    close: () => file.close(),
  };
}
