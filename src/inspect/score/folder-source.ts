/**
 * Reads a folder as a source of pictures, in an order drawn from the seed: which files are used depends on no program's
 * way of naming them. Unreadable files are skipped and named.
 */

import { countText } from '../../base/number-words.ts';
import { messageOf } from '../../base/one-line.ts';
import { shuffle, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { rgbToFloats } from '../../datasets/pictures/bytes-to-floats.ts';
import { SkippedFiles } from '../../datasets/prepare/skips.ts';
import { mapInOrder } from '../../datasets/readers/in-order.ts';
import type { PictureFolder } from './picture-folder.ts';
import { atOnce } from './settings.ts';
import type { Source } from './source.ts';

/** Files that are decoded at once. */
const decoding = 8;

interface Request {
  /** Of the data: a square with 1 or 3 channels. */
  readonly shape: readonly number[];
  /** Whether the user named the size: pictures of all sizes are brought to it. */
  readonly resizes: boolean;
  /** Whether the user named the number of pictures: fewer are a mistake. */
  readonly exactly: boolean;
  readonly seed: number;
}

/** @throws UsageError where the data have channels that a picture file cannot give. */
export function folderSource(folder: PictureFolder, { shape, resizes, exactly, seed }: Request): Source {
  const [size = 1, , channels = 1] = shape;
  if (channels !== 1 && channels !== 3)
    throw new UsageError(
      `--against: expected a set of grey or colour pictures, its pictures have ${channels} channels`,
    );
  const dim = size * size * channels;
  let skips = new SkippedFiles();
  let taken = 0;
  let resized = 0;

  async function decoded(file: string) {
    try {
      return { file, ...(await folder.read(file, size)), why: '' };
    } catch (error) {
      return { file, pixels: undefined, sides: [0, 0], why: messageOf(error) };
    }
  }

  function checkSides(file: string, [width = 0, height = 0]: readonly number[]): void {
    if (width === size && height === size) return;
    resized++;
    if (!resizes)
      throw new UsageError(
        `${folder.path}: expected pictures of one size, ${folder.first} and ${file}, ${width} × ${height}; --size ${size} brings all to it`,
      );
  }

  return {
    kind: 'folder',
    name: folder.name,
    description: folder.says,
    async *parts(most) {
      [skips, taken, resized] = [new SkippedFiles(), 0, 0];
      let values = new Float32Array(atOnce * dim);
      let count = 0;
      const files = [...folder.files];
      shuffle(files, stream(seed, 'evaluation', 3));
      for await (const { file, pixels, sides, why } of mapInOrder(files, decoding, decoded)) {
        if (pixels === undefined) {
          skips.add(file, why);
          continue;
        }
        checkSides(file, sides);
        rgbToFloats(pixels, channels, values.subarray(count * dim, (count + 1) * dim));
        count++;
        taken++;
        if (count === atOnce || taken === most) {
          yield { pictures: { values: values.subarray(0, count * dim), count, dim } };
          values = new Float32Array(atOnce * dim);
          count = 0;
        }
        if (taken === most) return;
      }
      if (exactly)
        throw new UsageError(
          `--samples: expected at most ${countText(taken)}, the pictures in ${folder.path}; got ${most}`,
        );
      if (taken < 2) throw new UsageError(`${folder.path}: expected two pictures at least, it has ${taken}`);
      if (count > 0) yield { pictures: { values: values.subarray(0, count * dim), count, dim } };
    },
    afterwards() {
      const skipped = skips.text();
      const cut = `${countText(resized)} of ${countText(taken)} cut to the middle square and resized to ${size} (Lanczos)`;
      const steps = [...(resized > 0 ? [cut] : []), ...(channels === 1 ? ['to grey (BT.601)'] : [])];
      return { resize: steps.join(', ') || 'none', notes: skipped === undefined ? [] : [skipped] };
    },
  };
}
