/** Eigenvalues that are known, and those of ml-matrix, which the large sizes do without. */
import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { largeEigenvalues, symmetricEigenvalues } from '../../../src/metrics/numerics/symmetric-eigenvalues.ts';
import { lcg } from '../scores/repeatable.ts';

const ascending = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

function symmetric(size: number, seed: number): number[][] {
  const next = lcg(seed);
  const rows = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = next() < 0.2 ? 0 : next() - 0.5; // zeros, so that reflections fall away and blocks fall apart
      (rows[i] as number[])[j] = value;
      (rows[j] as number[])[i] = value;
    }
  return rows;
}

test('sizes 1 to 25 against ml-matrix', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(999), (size, seed) => {
      const rows = symmetric(size, seed);
      const theirs = ascending(
        new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true }).realEigenvalues,
      );
      const flat = Float64Array.from(rows.flat());
      for (const ours of [largeEigenvalues(flat, size), symmetricEigenvalues(flat, size)])
        for (const [i, value] of ascending(ours).entries()) expect(value).toBeCloseTo(Number(theirs[i]), 12);
      expect([...flat]).toEqual(rows.flat());
    }),
  );
});

describe('in closed form', () => {
  test('the second difference of 150 points: 2 − 2 cos(kπ/151)', () => {
    const size = 150;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      matrix[i * size + i] = 2;
      if (i > 0) matrix[i * size + i - 1] = -1;
      if (i > 0) matrix[(i - 1) * size + i] = -1;
    }
    for (const [k, value] of ascending(symmetricEigenvalues(matrix, size)).entries())
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / 151), 12);
  });

  test('a matrix full of ones has its size once and 0 for the rest', () => {
    const values = ascending(symmetricEigenvalues(new Float64Array(140 ** 2).fill(1), 140));
    expect(values.pop()).toBeCloseTo(140, 11);
    for (const value of values) expect(value).toBeCloseTo(0, 11);
  });

  test('diagonal, zero, empty', () => {
    expect(ascending(largeEigenvalues(Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2), 3))).toEqual([-1, 2, 3]);
    expect([...largeEigenvalues(new Float64Array(16), 4)]).toEqual([0, 0, 0, 0]);
    expect([...symmetricEigenvalues(new Float64Array(0), 0)]).toEqual([]);
  });
});
