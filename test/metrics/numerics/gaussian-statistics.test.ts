/** Mean and covariance against NumPy, and whatever the pieces that they come in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GaussianStatistics, gaussianOf } from '../../../src/metrics/numerics/gaussian-statistics.ts';
import { points } from '../inputs.ts';
import { features, withConstant } from '../scores/repeatable.ts';

test('300 × 24 against NumPy', () => {
  // A = features(300, 24, 1); s = np.cov(A.T); A.mean(0)[[0, 23]], s[0, 0], s[3, 7], s[23, 22]
  const { count, mean, covariance } = gaussianOf(features(300, 24, 1));
  expect(count).toBe(300);
  expect(mean[0]).toBeCloseTo(-0.00038049, 8);
  expect(mean[23]).toBeCloseTo(0.00590318, 8);
  expect(covariance[0]).toBeCloseTo(0.250555713387817, 12);
  expect(covariance[3 * 24 + 7]).toBeCloseTo(0.020284289221405696, 12);
  expect(covariance[22 * 24 + 23]).toBeCloseTo(0.19218242148203787, 12);
  expect(covariance[23 * 24 + 22]).toBe(covariance[22 * 24 + 23]);
});

test('by hand, across blocks of 64 dimensions', () => {
  // (0, 1, …, 69) and its double: differences of d in dimension d, so the covariance is i·j/2
  const ramp = Array.from({ length: 70 }, (_, d) => d);
  const { mean, covariance } = gaussianOf(
    points(
      ramp,
      ramp.map((d) => 2 * d),
    ),
  );
  expect([...mean]).toEqual(ramp.map((d) => 1.5 * d));
  for (const [i, j] of [
    [3, 5],
    [10, 68],
    [69, 2],
    [66, 69],
  ] as const)
    expect(covariance[i * 70 + j]).toBeCloseTo((i * j) / 2, 12);
});

test('in pieces of any sizes: the same as at once', () => {
  const all = features(600, 3, 5, 1);
  const once = gaussianOf(all);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }), (sizes) => {
      const statistics = new GaussianStatistics(3);
      let from = 0;
      for (const size of [...sizes, 600]) {
        const to = Math.min(600, from + size);
        statistics.add({ values: all.values.subarray(from * 3, to * 3), count: to - from, dim: 3 });
        from = to;
      }
      expect(statistics.finish()).toEqual(once);
    }),
    { numRuns: 20 },
  );
});

test('a large mean takes nothing from the variance; a constant dimension has none', () => {
  const values = Float32Array.from({ length: 4000 }, (_, i) => 2 ** 20 + (i % 2));
  expect(gaussianOf({ values, count: 4000, dim: 1 }).covariance[0]).toBeCloseTo(4000 / 3999 / 4, 12);
  const { mean, covariance } = gaussianOf(withConstant(features(300, 2, 1), 0.1));
  expect(mean[2]).toBe(Math.fround(0.1));
  expect([...covariance].filter((_, at) => at % 3 === 2 || at >= 6)).toEqual([0, 0, 0, 0, 0]);
});

test('finish may be asked more than once and between pieces', () => {
  const statistics = new GaussianStatistics(1);
  statistics.add(points([1], [3]));
  expect(statistics.finish().covariance[0]).toBe(2);
  statistics.add(points([5]));
  expect(statistics.finish()).toEqual(gaussianOf(points([1], [3], [5])));
});

test('NaN for too few examples; other dimensions are our fault', () => {
  expect(new GaussianStatistics(1).finish().mean[0]).toBeNaN();
  expect(gaussianOf(points([1])).covariance[0]).toBeNaN();
  expect(() => new GaussianStatistics(2).add(points([1]))).toThrow(/^internal: .* 2 dimensions got points of 1$/);
});
