/** RᵀR is the matrix again, and R has as many rows as the matrix has rank. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pivotedCholesky } from '../../../src/metrics/numerics/pivoted-cholesky.ts';
import { features } from '../scores/repeatable.ts';

/** XᵀX of `count` random rows: of rank min(count, size). */
function semidefinite(count: number, size: number, seed: number): Float64Array {
  const { values } = features(count, size, seed);
  const matrix = new Float64Array(size * size);
  for (let n = 0; n < count; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        matrix[i * size + j] =
          Number(matrix[i * size + j]) + Number(values[n * size + i]) * Number(values[n * size + j]);
  return matrix;
}

test('random matrices of every rank', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.integer({ min: 1, max: 12 }), fc.nat(999), (count, size, seed) => {
      const matrix = semidefinite(count, size, seed);
      const { rank, rows } = pivotedCholesky(matrix, size);
      expect(rank).toBe(Math.min(count, size));
      expect(rows.length).toBe(rank * size);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          let sum = 0;
          for (let k = 0; k < rank; k++) sum += Number(rows[k * size + i]) * Number(rows[k * size + j]);
          expect(sum).toBeCloseTo(Number(matrix[i * size + j]), 11);
        }
    }),
  );
});

test('by hand: [[4, 2], [2, 10]] takes its second dimension first', () => {
  const { rows } = pivotedCholesky(Float64Array.of(4, 2, 2, 10), 2);
  expect([...rows].map((value) => value ** 2)).toEqual([0.4, 10, 3.6, 0].map((value) => expect.closeTo(value, 14)));
});

test('zeros have no rank, and a matrix is left as it was', () => {
  expect(pivotedCholesky(new Float64Array(9), 3)).toEqual({ rank: 0, rows: new Float64Array(0) });
  expect(pivotedCholesky(new Float64Array(0), 0).rank).toBe(0);
  const matrix = semidefinite(5, 4, 1);
  const before = matrix.slice();
  pivotedCholesky(matrix, 4);
  expect(matrix).toEqual(before);
});
