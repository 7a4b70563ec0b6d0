/** KID against torchmetrics' kernel on the same subsets; both ways of summing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { kernelDistance } from '../../../src/metrics/scores/kernel-distance.ts';
import { points } from '../inputs.ts';
import { features, firstOf, repeatable, withConstant } from './repeatable.ts';

const a = features(300, 24, 1);
const b = features(250, 24, 2, 0.2, 1.1);
const whole = (one: Points, other: Points) =>
  kernelDistance(one, other, { subsets: 3, size: 10_000 }, repeatable(0)).mean;

describe('against torchmetrics', () => {
  // import torch; from torchmetrics.image.kid import poly_mmd
  // def drawn(u, n, size, order):
  //     for i in range(size):
  //         j = i + int(next(u) * (n - i)); order[i], order[j] = order[j], order[i]
  //     return order[:size].copy()
  // def kid(a, b, subsets, size, seed):
  //     u, oa, ob, v = lcg(seed), np.arange(len(a)), np.arange(len(b)), []
  //     for _ in range(subsets):
  //         i = drawn(u, len(a), size, oa); j = drawn(u, len(b), size, ob)
  //         v.append(poly_mmd(torch.tensor(a[i]), torch.tensor(b[j])).item())
  //     return np.mean(v), np.std(v)
  // A, B = features(300, 24, 1), features(250, 24, 2, 0.2, 1.1)
  test('two whole sets: one subset, no deviation', () => {
    // poly_mmd(torch.tensor(A[:250]), torch.tensor(B)).item()
    const { mean, std } = kernelDistance(firstOf(a, 250), b, { subsets: 20, size: 1000 }, repeatable(0));
    expect(mean).toBeCloseTo(0.16897882672619158, 10);
    expect(std).toBeNaN(); // of one subset there is none
  });

  test('20 subsets of 100, which share one kernel matrix', () => {
    // kid(A, B, 20, 100, 9)
    const { mean, std } = kernelDistance(a, b, { subsets: 20, size: 100 }, repeatable(9));
    expect(mean).toBeCloseTo(0.16201783969737135, 10);
    expect(std).toBeCloseTo(0.03272379268870988, 10);
  });

  test('3 subsets of 40, each with a matrix of its own', () => {
    // kid(A, B, 3, 40, 9)
    const { mean, std } = kernelDistance(a, b, { subsets: 3, size: 40 }, repeatable(9));
    expect(mean).toBeCloseTo(0.19953887992776034, 10);
    expect(std).toBeCloseTo(0.11675211156423176, 10);
  });
});

test('by hand: {0, 1} against {1, 2} in one dimension', () => {
  // k(x, y) = (xy + 1)³: k(0,1) = 1, k(1,2) = 27, across 1, 1, 8 and 27; 1 + 27 − 2·37/4
  expect(whole(points([0], [1]), points([1], [2]))).toBe(1 + 27 - 37 / 2);
});

test('the size is at most the smaller set, of which then every subset is the whole', () => {
  const few = firstOf(a, 12);
  const random = { ...repeatable(4) };
  const capped = kernelDistance(few, b, { subsets: 6, size: 99 }, random);
  expect(capped).toEqual(kernelDistance(few, b, { subsets: 6, size: 12 }, repeatable(4)));
  expect(capped.std).toBeGreaterThan(0); // subsets of the larger one differ
});

test('unbiased: near 0 on either side of it for two samples of one law', () => {
  const values = Array.from({ length: 60 }, (_, seed) =>
    whole(features(40, 8, 2 * seed), features(40, 8, 2 * seed + 1)),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / 60;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 59);
  expect(Math.abs(mean)).toBeLessThan((4 * std) / Math.sqrt(60));
  expect(values.some((value) => value < 0)).toBe(true);
});

test('symmetric for equal counts; order does not matter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 80 }), fc.nat(999), (count, seed) => {
      const [one, other] = [features(count, 3, seed), features(count, 3, seed + 1, 0.5)];
      expect(whole(one, other)).toBeCloseTo(whole(other, one), 10);
      const rows = Array.from({ length: count }, (_, i) => [...one.values.subarray(i * 3, i * 3 + 3)]);
      expect(whole(points(...rows.toReversed()), other)).toBeCloseTo(whole(one, other), 10);
    }),
    { numRuns: 30 },
  );
});

test('a constant feature is a feature like others: no NaN; a collapsed set is far', () => {
  expect(whole(withConstant(firstOf(a, 250), 0), withConstant(b, 0))).toBeGreaterThan(0.1);
  const collapsed = { ...b, values: b.values.map((_, at) => Number(b.values[at % b.dim])) };
  expect(whole(firstOf(a, 250), collapsed)).toBeGreaterThan(whole(firstOf(a, 250), b));
});

test('NaN from what is not finite and for fewer than two examples', () => {
  const broken = { ...b, values: b.values.with(30, Number.NaN) };
  expect(whole(firstOf(a, 250), broken)).toBeNaN();
  for (const few of [firstOf(a, 0), firstOf(a, 1)])
    expect(kernelDistance(few, b, { subsets: 2, size: 10 }, repeatable(0))).toEqual({
      mean: Number.NaN,
      std: Number.NaN,
    });
});
