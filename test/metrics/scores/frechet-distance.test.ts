/** FID against torchmetrics, SciPy and closed forms; constant and dependent features, and too few examples. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gaussianOf } from '../../../src/metrics/numerics/gaussian-statistics.ts';
import { distanceOfGaussians, factored, frechetDistance } from '../../../src/metrics/scores/frechet-distance.ts';
import { points } from '../inputs.ts';
import { features, firstOf, withConstant } from './repeatable.ts';

describe('against torchmetrics and SciPy', () => {
  // import scipy.linalg, torch; from torchmetrics.image.fid import _compute_fid
  // def fid(a, b):
  //     s, t, m = np.cov(a.T), np.cov(b.T), ((a.mean(0) - b.mean(0))**2).sum()
  //     by_root = m + np.trace(s) + np.trace(t) - 2 * np.trace(scipy.linalg.sqrtm(s @ t)).real
  //     by_torch = _compute_fid(*map(torch.tensor, (a.mean(0), s, b.mean(0), t))).item()
  //     x, y = (a - a.mean(0)) / np.sqrt(len(a) - 1), (b - b.mean(0)) / np.sqrt(len(b) - 1)
  //     by_norm = m + (x**2).sum() + (y**2).sum() - 2 * np.linalg.svd(x @ y.T, compute_uv=False).sum()
  //     return by_root, by_torch, by_norm
  test('300 against 250 examples of 24 features', () => {
    // fid(features(300, 24, 1), features(250, 24, 2, 0.2, 1.1)): 1.70965893961999 three times
    expect(frechetDistance(features(300, 24, 1), features(250, 24, 2, 0.2, 1.1))).toBeCloseTo(1.70965893961999, 9);
  });

  test('160 features, beyond the size at which ml-matrix finds the eigenvalues', () => {
    // fid(features(400, 160, 3), features(300, 160, 4, 0.1, 1.2)): 15.7767997157871 three times
    expect(frechetDistance(features(400, 160, 3), features(300, 160, 4, 0.1, 1.2))).toBeCloseTo(15.7767997157871, 8);
  });

  test('15 against 12 examples of 24 features: covariances without an inverse', () => {
    // fid(features(15, 24, 5), features(12, 24, 6, 0.3)): 7.92876255, 7.92876257, 7.9287627156 — the last takes no root of
    // a singular matrix and is the most exact
    expect(frechetDistance(features(15, 24, 5), features(12, 24, 6, 0.3))).toBeCloseTo(7.928762715628043, 7);
  });
});

describe('by hand', () => {
  test('one dimension: (μ − μ′)² + (σ − σ′)²', () => {
    // {0, 2}: mean 1, variance 2; {3, 9}: mean 6, variance 18
    expect(frechetDistance(points([0], [2]), points([3], [9]))).toBeCloseTo(
      25 + (Math.sqrt(18) - Math.sqrt(2)) ** 2,
      12,
    );
  });

  test('a shift costs its squared length; a spread k times as wide (k − 1)² of the variance', () => {
    const a = features(200, 5, 1);
    const variance = [0, 1, 2, 3, 4].reduce((sum, d) => sum + Number(gaussianOf(a).covariance[d * 6]), 0);
    const moved = { ...a, values: a.values.map((value) => value + 0.5) };
    const wider = { ...a, values: a.values.map((value) => 3 * value) };
    const mean = gaussianOf(a).mean.reduce((sum, value) => sum + (2 * value) ** 2, 0);
    expect(frechetDistance(a, moved)).toBeCloseTo(5 * 0.25, 6);
    expect(frechetDistance(a, wider)).toBeCloseTo(4 * variance + mean, 6);
  });
});

test('0 to itself in any order, symmetric, never below 0', () => {
  const cloud = fc.tuple(fc.integer({ min: 2, max: 30 }), fc.nat(999), fc.double({ min: 0, max: 2, noNaN: true }));
  fc.assert(
    fc.property(cloud, cloud, ([countA, seedA, widthA], [countB, seedB, widthB]) => {
      const a = features(countA, 6, seedA, 0, widthA);
      const b = features(countB, 6, seedB, 0.3, widthB);
      expect(frechetDistance(a, b)).toBeGreaterThanOrEqual(0);
      expect(frechetDistance(a, b)).toBeCloseTo(frechetDistance(b, a), 6);
      const rows = Array.from({ length: countA }, (_, i) => [...a.values.subarray(i * 6, i * 6 + 6)]);
      expect(frechetDistance(a, points(...rows.toReversed()))).toBeCloseTo(0, 6);
    }),
  );
});

test('features that are constant, in one set or in both, or repeated', () => {
  const [a, b] = [features(60, 4, 1), features(50, 4, 2, 0.1)];
  const plain = frechetDistance(a, b);
  expect(frechetDistance(withConstant(a, 3), withConstant(b, 3))).toBeCloseTo(plain, 9);
  expect(frechetDistance(withConstant(a, 3), withConstant(b, 5))).toBeCloseTo(plain + 4, 9);
  const collapsed = { ...b, values: b.values.map(() => 0) };
  const { mean, covariance } = gaussianOf(a);
  const lost = mean.reduce((sum, value, d) => sum + value ** 2 + Number(covariance[d * 5]), 0);
  expect(frechetDistance(a, collapsed)).toBeCloseTo(lost, 12);
  expect(frechetDistance(collapsed, collapsed)).toBe(0);
});

test('NaN from what is not finite and from fewer than two examples; unlike dimensions are our fault', () => {
  const a = features(20, 3, 1);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const broken = { ...a, values: a.values.with(7, bad) };
    expect(frechetDistance(a, broken)).toBeNaN();
    expect(frechetDistance(broken, a)).toBeNaN();
  }
  for (const few of [firstOf(a, 0), firstOf(a, 1)]) {
    expect(frechetDistance(a, few)).toBeNaN();
    expect(frechetDistance(few, a)).toBeNaN();
  }
  expect(() => distanceOfGaussians(factored(gaussianOf(a)), gaussianOf(features(5, 2, 1)))).toThrow(
    /^internal: .* 3 and 2 dimensions$/,
  );
});
