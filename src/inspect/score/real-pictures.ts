/**
 * Draws the real pictures that are scored against, and a second real sample, which shows what real data score. The second
 * sample comes from the training part too, or from the held-out part where that has more left.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { countText } from '../../base/number-words.ts';
import { chunks, type Points } from '../../base/points.ts';
import { drawAt, type Random, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import { averager } from '../../datasets/pictures/average.ts';
import { toFloats } from '../../datasets/pictures/bytes-to-floats.ts';
import { imageDataset } from '../../datasets/pictures/image-dataset.ts';
import { type ImageSet, openImageSet } from '../../datasets/pictures/image-set.ts';
import { setFiles } from '../../datasets/pictures/manifest.ts';
import { isSetName } from '../../datasets/pictures/set-name.ts';
import { pictureSets } from '../../datasets/sets/sets.ts';
import { namesIn } from '../../disk/files.ts';
import { atOnce } from './settings.ts';

export interface RealPictures {
  readonly set: ImageSet;
  readonly size: number;
  readonly dataset: Dataset;
  /** How the stored pictures were resized. */
  readonly resize: string;
}

/** Refuses an unknown set and suggests the nearest name. The set need not be prepared. */
export async function checkSetName(name: string, dataRoot: string): Promise<void> {
  const own = (await namesIn(dataRoot)).filter(
    (one) => isSetName(one) && existsSync(join(dataRoot, one, setFiles.manifest)),
  );
  const known = [
    ...new Set([...pictureSets.filter(({ namedByUser }) => !namedByUser).map(({ name }) => name), ...own]),
  ];
  if (known.includes(name)) return;
  throw new UsageError(
    `--against: unknown data set '${name}'${didYouMean(name, known)} (expected one of ${known.join(', ')})`,
  );
}

/** @throws UsageError of one line where the set is damaged or cannot be had at this size. */
export function openReal(name: string, size: number, dataRoot: string): RealPictures {
  const set = openImageSet(dataRoot, name);
  const [side] = set.shape;
  let dataset: Dataset;
  try {
    dataset = imageDataset({ set: name, size }, dataRoot);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace(/^data\.size:/, '--size:'));
  }
  return { set, size, dataset, resize: side === size ? 'none' : `area average ${side} → ${size}` };
}

/** Numbers of real examples. */
export interface RealCounts {
  readonly real: number;
  readonly secondReal: number;
  readonly secondRealFrom: 'train' | 'held-out';
}

/** @throws UsageError where the training part has fewer. */
export function realCounts({ set }: Pick<RealPictures, 'set'>, samples: number): RealCounts {
  const { train, heldOut, name } = set;
  if (samples > train)
    throw new UsageError(
      `--samples: expected at most ${countText(train)}, the training pictures of ${name}; got ${samples}`,
    );
  const left = train - samples;
  const secondRealFrom = left >= samples || left >= heldOut ? 'train' : 'held-out';
  return { real: samples, secondReal: Math.min(samples, secondRealFrom === 'train' ? left : heldOut), secondRealFrom };
}

/** The two lots, of the counts; `real` has to be read to its end before `secondReal` is begun. No example is in both. */
export function drawReal(
  { set, size, dataset }: RealPictures,
  { real, secondReal, secondRealFrom }: RealCounts,
  seed: number,
): { readonly real: Iterable<Points>; readonly secondReal: Iterable<Points> } {
  const pass = dataset.shuffled?.(stream(seed, 'evaluation', 0));
  if (!pass) throw new Error('internal: pictures have no passes');
  const rest = secondRealFrom === 'train' ? pass : heldOutPass(set, size, stream(seed, 'evaluation', 2));
  return { real: partsOf(pass, real, dataset.dim), secondReal: partsOf(rest, secondReal, dataset.dim) };
}

interface Pass {
  take(count: number): Float32Array;
}

function* partsOf(pass: Pass, all: number, dim: number): Generator<Points> {
  for (const { count } of chunks(all, atOnce)) yield { values: pass.take(count), count, dim };
}

/** One pass through the held-out part in random order. */
function heldOutPass(set: ImageSet, size: number, random: Random): Pass {
  const [side, , channels] = set.shape;
  const order = Int32Array.from({ length: set.heldOut }, (_, index) => set.train + index);
  const stored = new Uint8Array(side * side * channels);
  const picture = new Uint8Array(size * size * channels);
  const average = averager(side, size, channels);
  let at = 0;
  return {
    take(count) {
      const values = new Float32Array(count * picture.length);
      for (let i = 0; i < count; i++, at++) {
        set.read(drawAt(order, at, random), stored);
        average(stored, picture);
        toFloats(picture, 0, picture.length, values, i * picture.length);
      }
      return values;
    },
  };
}
