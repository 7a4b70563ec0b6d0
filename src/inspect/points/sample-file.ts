/** Reads a file of points that any program wrote: CSV, or an array of NumPy. Numbers that are not finite stay, and are counted. */
import { createHash } from 'node:crypto';
import { basename, dirname, extname } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { messageOf } from '../../base/one-line.ts';
import { type Points, pointAt } from '../../base/points.ts';
import { UsageError } from '../../base/usage-error.ts';
import { pointsBytes, readPoints } from '../../datasets/file/points-table.ts';
import type { NumpyArray } from '../../datasets/readers/npy.ts';
import { isNumpyFile, readNumpyFile } from '../../datasets/readers/numpy-file.ts';
import { namesIn } from '../../disk/files.ts';
import { statsOf } from '../../disk/stats-of.ts';

export interface SampleFile {
  readonly path: string;
  readonly points: Points;
  /** Of a label for each point, where a column of them was named. */
  readonly labels?: readonly string[];
  /** SHA-256 of the numbers, as 32-bit floats. */
  readonly sha256: string;
}

interface Choice {
  /** Of a .npz: which of its arrays. */
  readonly key?: string | undefined;
  /** Of a CSV: a column of labels. */
  readonly labels?: string | undefined;
}

/** Endings of the files that this reads. */
export const isPointsFile = (path: string): boolean => extname(path).toLowerCase() === '.csv' || isNumpyFile(path);

/** @throws UsageError of one line for what is not there, or is no table of points. */
export async function readSamples(path: string, choice: Choice = {}): Promise<SampleFile> {
  const stat = statsOf(path);
  if (stat === undefined)
    throw new UsageError(`there is no file ${path}${didYouMean(basename(path), await namesIn(dirname(path)))}`);
  const { labels, ...points } = isNumpyFile(path)
    ? pointsOf(await readNumpyFile(path, choice.key), path)
    : readCsvPoints(path, choice);
  if (points.count === 0) throw new UsageError(`${path}: expected points, it has none`);
  const sha256 = createHash('sha256').update(points.values).digest('hex');
  return { path, points, sha256, ...(labels && { labels }) };
}

/** A trial's samples.csv holds real points too, which its column `set` tells apart. */
function readCsvPoints(path: string, { key, labels }: Choice): Points & { readonly labels?: readonly string[] } {
  if (key !== undefined) throw new UsageError(`--key: for a .npz of several arrays; ${path} is a CSV`);
  try {
    const only = { column: 'set', value: 'generated' };
    return readPoints(pointsBytes(path), path, { labels, only, allowsNonFinite: true });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      messageOf(error)
        .replace(/^data\.file:/, `${basename(path)}:`)
        .replace(/^data\.modes:/, '--modes:'),
    );
  }
}

/** A point a row; numbers alone are points on a line. */
function pointsOf({ shape, values, dtype }: NumpyArray, path: string): Points & { readonly labels?: undefined } {
  const [count = 0, dim = 1] = shape;
  if (shape.length === 1 || shape.length === 2) return { values: Float32Array.from(values), count, dim };
  const pictures = shape.length === 4 && dtype === '|u1' ? ' (pictures are scored against a data set of pictures)' : '';
  throw new UsageError(
    `${path}: expected points as an array (count, dimensions), got the shape (${shape.join(', ')})${pictures}`,
  );
}

/** Rows with a number that is not finite. */
export function countNotFinite(points: Points): number {
  let found = 0;
  for (let i = 0; i < points.count; i++) if (!pointAt(points, i).every(Number.isFinite)) found++;
  return found;
}
