/**
 * Loads the pictures to inspect: the user's files, resized to the trial's size, or examples that the trial was not
 * trained on.
 */

import { basename, join } from 'node:path';
import sharp from 'sharp';
import { messageOf } from '../../base/one-line.ts';
import type { Points } from '../../base/points.ts';
import { type Random, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import { averager } from '../../datasets/pictures/average.ts';
import { rgbToFloats, toFloats } from '../../datasets/pictures/bytes-to-floats.ts';
import { openImageSet } from '../../datasets/pictures/image-set.ts';
import { readPicture } from '../../datasets/readers/picture.ts';
import { errorCode, namesIn } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Section } from '../../schema/kind.ts';

export interface InputImages {
  readonly points: Points;
  /** The name of each in tables. */
  readonly names: readonly string[];
  /** `8 held-out pictures of mnist`. */
  readonly description: string;
  /** What was done to them: resizing, leaving some out. */
  readonly notes: readonly string[];
}

/** Endings of picture files. */
const endings = /\.(jpe?g|png|webp|gif|tiff?|avif|heic|jp2|jxl)$/i;

/**
 * Files, and the pictures of folders in the order of their names, the first `most` of them: cut to their middle square and
 * resized to `[size, size, channels]` in [−1, 1]; grey where the trial is (Rec. 601).
 *
 * @throws UsageError of one line where one of them cannot be read.
 */
export async function readInputImages(
  paths: readonly string[],
  [size = 1, , channels = 1]: readonly number[],
  most: number,
  option: string,
): Promise<InputImages> {
  const files = (await Promise.all(paths.map((path) => filesAt(path, option)))).flat();
  const taken = files.slice(0, most);
  const dim = size * size * channels;
  const values = new Float32Array(taken.length * dim);
  let resized = 0;
  for (const [index, path] of taken.entries()) {
    const { pixels, isResized } = await readOne(path, size, option);
    if (isResized) resized++;
    rgbToFloats(pixels, channels, values.subarray(index * dim, (index + 1) * dim));
  }
  const left = files.length - taken.length;
  return {
    points: { values, count: taken.length, dim },
    names: taken.map((path) => basename(path)),
    description: `${taken.length} ${taken.length === 1 ? 'picture' : 'pictures'} of yours`,
    notes: [
      ...(resized > 0
        ? [`${resized} of ${taken.length} had another size: cut to the middle square and resized to ${size} × ${size}`]
        : []),
      ...(left > 0 ? [`${left} more left out`] : []),
    ],
  };
}

async function filesAt(path: string, option: string): Promise<string[]> {
  const stat = statsOf(path);
  if (stat === undefined) throw new UsageError(`${option}: ${path} is not there`);
  if (!stat.isDirectory()) return [path];
  const names = (await namesIn(path)).filter((name) => endings.test(name) && !name.startsWith('.')).sort();
  if (names.length === 0) throw new UsageError(`${option}: ${path} holds no pictures`);
  return names.map((name) => join(path, name));
}

async function readOne(path: string, size: number, option: string) {
  try {
    const file = await readBytes(path);
    const pixels = await readPicture(file, { kind: 'centre' }, size);
    const { autoOrient } = await sharp(file).metadata();
    return { pixels, isResized: autoOrient.width !== size || autoOrient.height !== size };
  } catch (error) {
    const said = errorCode(error) || messageOf(error);
    throw new UsageError(`${option}: ${path}: expected a picture, could not read it (${said})`);
  }
}

/** `count` examples of a trial's data: distinct held-out pictures, or fresh draws of points. */
export function heldOut(data: Section, dataRoot: string, count: number, seed: number): InputImages {
  const random = stream(seed, 'evaluation', 2);
  const card = builtIn.data(data);
  const prepared = card.prepared(data);
  if (prepared) return heldOutPictures(prepared, dataRoot, count, random);
  const { dim, ...dataset } = card.open(data, dataRoot);
  return {
    points: { values: dataset.sample(random, count), count, dim },
    names: Array.from({ length: count }, (_, index) => String(index)),
    description: `${count} fresh points of ${data.kind}`,
    notes: [],
  };
}

function heldOutPictures(
  data: { readonly set: string; readonly size: number },
  dataRoot: string,
  most: number,
  random: Random,
): InputImages {
  const set = openImageSet(dataRoot, data.set);
  const [side, , channels] = set.shape;
  const [first, length] = set.heldOut > 0 ? [set.train, set.heldOut] : [0, set.train];
  const indices = different(random, Math.min(most, length), length).map((index) => first + index);
  const stored = new Uint8Array(side * side * channels);
  const picture = new Uint8Array(data.size * data.size * channels);
  const average = averager(side, data.size, channels);
  const values = new Float32Array(indices.length * picture.length);
  for (const [at, index] of indices.entries()) {
    set.read(index, stored);
    average(stored, picture);
    toFloats(picture, 0, picture.length, values, at * picture.length);
  }
  return {
    points: { values, count: indices.length, dim: picture.length },
    names: indices.map(String),
    description: `${indices.length} ${set.heldOut > 0 ? 'held-out ' : ''}pictures of ${data.set}`,
    notes: set.heldOut > 0 ? [] : [`${data.set} has no held-out part: these were trained on`],
  };
}

/** `count` different numbers of 0 … n − 1 (Floyd's method). */
function different(random: Random, count: number, n: number): number[] {
  const chosen = new Set<number>();
  for (let top = n - count; top < n; top++) {
    const index = random.below(top + 1);
    chosen.add(chosen.has(index) ? top : index);
  }
  return [...chosen];
}
