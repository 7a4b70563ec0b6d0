/** k-means, small and repeatable: the bins of NDB. */

import type { Points } from '../../base/points.ts';
import type { Random } from '../../base/random.ts';
import { distancesBetween } from './pair-blocks.ts';

/** Rounds of Lloyd's algorithm at most; it usually ends before, when no point changes its centre. */
const rounds = 50;

/**
 * `count` centres (Lloyd 1982) from k-means++ seeds (Arthur & Vassilvitskii 2007), fewer where there are fewer distinct
 * points. A centre that loses its points stays where it is. Points must be finite.
 */
export function kMeans(points: Points, count: number, random: Random): Points {
  const centres = seeds(points, count, random);
  let before: Int32Array | undefined;
  for (let round = 0; round < rounds; round++) {
    const { index } = nearestCentres(points, centres);
    if (before?.every((centre, i) => centre === index[i])) break;
    moveToMeans(centres, points, index);
    before = index;
  }
  return centres;
}

export interface NearestCentres {
  /** The nearest centre of each point, the first of equals; −1 for a point that is not finite. */
  readonly index: Int32Array;
  readonly squaredDistance: Float64Array;
}

export function nearestCentres(points: Points, centres: Points): NearestCentres {
  const index = new Int32Array(points.count).fill(-1);
  const squaredDistance = new Float64Array(points.count).fill(Number.POSITIVE_INFINITY);
  distancesBetween(points, centres, ({ values, row, rows, column, columns }) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const squared = values[i * columns + j] as number;
        if (squared < (squaredDistance[row + i] as number)) {
          squaredDistance[row + i] = squared;
          index[row + i] = column + j;
        }
      }
  });
  return { index, squaredDistance };
}

/** A point at random, then each further one with a chance in proportion to its squared distance from those before. */
function seeds(points: Points, count: number, random: Random): Points {
  const { values, dim } = points;
  const centres = new Float32Array(count * dim);
  const squared = new Float64Array(points.count).fill(Number.POSITIVE_INFINITY);
  let found = 0;
  for (let next = points.count === 0 ? -1 : random.below(points.count); next >= 0 && found < count; found++) {
    const seed = { values: values.slice(next * dim, (next + 1) * dim), count: 1, dim };
    centres.set(seed.values, found * dim);
    distancesBetween(points, seed, ({ values: distances, row, rows }) => {
      for (let i = 0; i < rows; i++) squared[row + i] = Math.min(squared[row + i] as number, distances[i] as number);
    });
    next = drawn(squared, random);
  }
  return { values: centres.subarray(0, found * dim), count: found, dim };
}

/** An index with a chance in proportion to its weight; −1 where all weights are 0. */
function drawn(weights: Float64Array, random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    last = i;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}

function moveToMeans({ values: centres, count, dim }: Points, { values }: Points, index: Int32Array): void {
  const sums = new Float64Array(count * dim);
  const sizes = new Int32Array(count);
  for (const [i, centre] of index.entries()) {
    if (centre < 0) continue;
    sizes[centre] = (sizes[centre] as number) + 1;
    for (let d = 0; d < dim; d++)
      sums[centre * dim + d] = (sums[centre * dim + d] as number) + (values[i * dim + d] as number);
  }
  for (let centre = 0; centre < count; centre++) {
    const size = sizes[centre] as number;
    if (size > 0) for (let d = 0; d < dim; d++) centres[centre * dim + d] = (sums[centre * dim + d] as number) / size;
  }
}
