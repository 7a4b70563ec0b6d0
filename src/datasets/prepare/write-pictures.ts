/** Decodes picture files concurrently and writes them in order; unreadable files are skipped and counted. */

import { messageOf } from '../../base/one-line.ts';
import { mapInOrder } from '../readers/in-order.ts';
import { type Fit, readPicture } from '../readers/picture.ts';
import type { PictureFiles } from '../readers/picture-files.ts';
import type { PictureSink, RecipeContext } from './recipe.ts';
import type { SkippedFiles } from './skips.ts';

/** Files that are decoded at once: enough for libuv's four threads. */
const atOnce = 8;

export interface Batch {
  readonly names: readonly string[];
  readonly files: PictureFiles;
  readonly fit: Fit;
  readonly size: number;
  labelsOf?(name: string): Uint8Array | undefined;
  /** Pictures that were done before, and all there are, for progress. */
  readonly before: number;
  readonly of: number;
}

/** Returns how many were written. */
export async function writePictures(
  batch: Batch,
  sink: PictureSink,
  skips: SkippedFiles,
  work: RecipeContext,
): Promise<number> {
  const { names, files, fit, size } = batch;
  const decoded = mapInOrder(names, atOnce, async (name) => {
    try {
      return { name, pixels: await readPicture(await files.read(name), fit, size), why: '' };
    } catch (error) {
      return { name, pixels: undefined, why: messageOf(error) };
    }
  });
  let written = 0;
  let done = batch.before;
  for await (const { name, pixels, why } of decoded) {
    if (pixels) {
      await sink.add(pixels, batch.labelsOf?.(name));
      written++;
    } else skips.add(name, why);
    work.signal.throwIfAborted();
    work.step(++done, batch.of, 'pictures');
  }
  return written;
}
