/** Nearest modes, the 3σ rule and the perfect sampler's ceiling. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highQualityCeiling, highQualityCounts, nearestModes } from '../../../src/metrics/numerics/nearest-modes.ts';
import { modesAt, points } from '../inputs.ts';

describe('nearestModes', () => {
  const modes = modesAt(
    [
      [0, 0],
      [2, 0],
      [0, 2],
    ],
    0.5,
  );

  test('index and squared distance by hand; the first of equals', () => {
    const nearest = nearestModes(points([0.25, 0.5], [3, 1], [1, 0]), modes);
    expect(Array.from(nearest.index)).toEqual([0, 1, 0]);
    expect(Array.from(nearest.squaredDistance)).toEqual([0.3125, 2, 1]);
  });

  test('a point that is not finite has no mode and is infinitely far', () => {
    const nearest = nearestModes(
      points([Number.NaN, 0], [0, Number.POSITIVE_INFINITY], [Number.NaN, Number.NaN]),
      modes,
    );
    expect(Array.from(nearest.index)).toEqual([-1, -1, -1]);
    expect(Array.from(nearest.squaredDistance)).toEqual(Array(3).fill(Number.POSITIVE_INFINITY));
    expect(Array.from(highQualityCounts(nearest, modes))).toEqual([0, 0, 0]);
  });

  test('no mode is nearer than the one it names', () => {
    const coordinate = fc.float({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }), (rows) => {
        const { index, squaredDistance } = nearestModes(points(...rows), modes);
        rows.forEach(([x, y], i) => {
          const all = [0, 1, 2].map(
            (m) => (x - Number(modes.centres[2 * m])) ** 2 + (y - Number(modes.centres[2 * m + 1])) ** 2,
          );
          expect(squaredDistance[i]).toBe(Math.min(...all));
          expect(all[Number(index[i])]).toBe(squaredDistance[i]);
        });
      }),
    );
  });

  test('points of another dimension than the modes are our fault', () => {
    expect(() => nearestModes(points([1], [2]), modes)).toThrow(/^internal: .* 1 and modes of 2/);
  });
});

test('3σ itself is of high quality, just beyond it is not', () => {
  const modes = modesAt([[0], [10]], 0.5);
  const counts = (x: number) => Array.from(highQualityCounts(nearestModes(points([x]), modes), modes));
  expect(counts(1.5)).toEqual([1, 0]);
  expect(counts(1.5000002)).toEqual([0, 0]);
  expect(counts(8.5)).toEqual([0, 1]);
});

// scipy.stats.chi2.cdf(9, d), SciPy 1.17
test.each([
  [1, 0.9973002039367398],
  [2, 0.9888910034617577],
  [3, 0.9707091134651118],
  [4, 0.9389005190396673],
  [5, 0.8909358420502275],
  [10, 0.4678964236252849],
])('the ceiling in %i dimensions is χ²(d) at 9', (dim, expected) => {
  expect(highQualityCeiling(dim)).toBeCloseTo(expected, 13);
});
