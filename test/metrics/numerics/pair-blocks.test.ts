/** Blocks cover every pair, once and in its place, across their borders at 64 points. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import {
  type Block,
  distancesBetween,
  distancesWithin,
  productsBetween,
  productsWithin,
} from '../../../src/metrics/numerics/pair-blocks.ts';
import { features, firstOf } from '../scores/repeatable.ts';

/** A matrix of all pairs, NaN where no block came. */
function gathered(rows: number, columns: number, each: (visit: (block: Block) => void) => void): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(Number.NaN));
  let twice = 0;
  each((block) => {
    for (let i = 0; i < block.rows; i++)
      for (let j = 0; j < block.columns; j++) {
        const row = matrix[block.row + i] as number[];
        if (!Number.isNaN(row[block.column + j])) twice++;
        row[block.column + j] = Number(block.values[i * block.columns + j]);
      }
  });
  expect(twice).toBe(0);
  return matrix;
}

/** The matrix worked out pair by pair. */
const worked = (a: Points, b: Points, of: (x: number[], y: number[]) => number) =>
  Array.from({ length: a.count }, (_, i) => Array.from({ length: b.count }, (_, j) => of(row(a, i), row(b, j))));

/** NaN where the two do not have the same numbers in the same places. */
function furthest(a: number[][], b: number[][]): number {
  const other = b.flat();
  return a.flat().reduce((most, value, at) => Math.max(most, Math.abs(value - Number(other[at]))), 0);
}

const row = ({ values, dim }: Points, i: number) => [...values.subarray(i * dim, (i + 1) * dim)];
const product = (x: number[], y: number[]) => x.reduce((sum, value, d) => sum + value * Number(y[d]), 0);
const distance = (x: number[], y: number[]) => x.reduce((sum, value, d) => sum + (value - Number(y[d])) ** 2, 0);

const a = features(130, 3, 1);
const b = features(70, 3, 2);

describe('two sets', () => {
  test('products and squared distances of all pairs', () => {
    const products = gathered(130, 70, (visit) => productsBetween(a, b, visit));
    const distances = gathered(130, 70, (visit) => distancesBetween(a, b, visit));
    expect(furthest(products, worked(a, b, product))).toBeLessThan(1e-14);
    expect(furthest(distances, worked(a, b, distance))).toBeLessThan(1e-13);
  });

  test('points of unlike dimensions are our fault', () => {
    expect(() => productsBetween(a, features(2, 4, 1), () => {})).toThrow(/^internal: .* 3 and of 4 dimensions$/);
  });
});

describe('one set', () => {
  test('every pair once above the diagonal, as between the set and itself', () => {
    const whole = gathered(130, 130, (visit) => distancesBetween(a, a, visit));
    const half = gathered(130, 130, (visit) => distancesWithin(a, visit));
    const upper = (matrix: number[][]) => matrix.map((row, i) => row.slice(i));
    expect(upper(half)).toEqual(upper(whole));
    // below the diagonal only what shares a block with it
    expect(half[64]?.[0]).toBeNaN();
    expect(half[63]?.[0]).toBe(whole[0]?.[63]);
  });

  test('no points, no blocks', () => {
    productsWithin(firstOf(a, 0), () => expect.unreachable());
  });
});

test('the distance of equal points is exactly 0, wherever they stand; of any others not below; none is of what is not finite', () => {
  const coordinate = fc.float({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 9 }), (rows) => {
      const points = { values: Float32Array.from([...rows, ...rows].flat()), count: 2 * rows.length, dim: 3 };
      const distances = gathered(points.count, points.count, (visit) => distancesWithin(points, visit));
      for (let i = 0; i < rows.length; i++) expect(distances[i]?.[i + rows.length]).toBe(0);
      expect(Math.min(...distances.flat())).toBe(0);
    }),
  );
  const broken = { values: Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -1), count: 4, dim: 1 };
  const distances = gathered(4, 4, (visit) => distancesWithin(broken, visit));
  expect(distances[0]).toEqual([0, Number.NaN, Number.NaN, 4]);
  expect(distances[2]?.slice(2)).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
});
