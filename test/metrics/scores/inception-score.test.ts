/** Inception Score by hand and against SciPy; several heads are one head of combinations. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { inceptionScore } from '../../../src/metrics/scores/inception-score.ts';
import { points } from '../inputs.ts';
import { firstOf, lcg } from './repeatable.ts';

/** Rows that add up to 1, zeros among them. */
function probabilities(count: number, classes: number, seed: number): Points {
  const next = lcg(seed);
  const rows = Array.from({ length: count }, () => {
    const weights = Array.from({ length: classes }, (_, y) => {
      const x = next();
      return (x > 0.3 ? x * x * x * x : 0) + (y === 0 ? 0.125 : 0);
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
  return points(...rows);
}

/** The columns of several heads, one after another. */
function beside(...heads: Points[]): Points {
  const count = Number(heads[0]?.count);
  return points(
    ...Array.from({ length: count }, (_, i) =>
      heads.flatMap(({ values, dim }) => [...values.subarray(i * dim, (i + 1) * dim)]),
    ),
  );
}

describe('against SciPy', () => {
  // from scipy.stats import entropy
  // def probabilities(n, d, seed):
  //     u, out = lcg(seed), np.empty((n, d))
  //     for i in range(n):
  //         w = [x*x*x*x if x > 0.3 else 0.0 for x in (next(u) for _ in range(d))]
  //         w[0] += 0.125
  //         out[i] = np.array(w) / sum(w)
  //     return out.astype(np.float32).astype(np.float64)
  // def score(p, splits):
  //     n, s = len(p), []
  //     for i in range(splits):
  //         part = p[i * n // splits:(i + 1) * n // splits]
  //         s.append(np.exp(np.mean([entropy(row, part.mean(0)) for row in part])))
  //     return np.mean(s), np.std(s)
  test('205 examples of 10 classes, in 10 splits of 20 and 21, and in one', () => {
    // p = probabilities(205, 10, 1); score(p, 10), score(p, 1)
    const p = probabilities(205, 10, 1);
    const { mean, std } = inceptionScore(p, 10);
    expect(mean).toBeCloseTo(1.9524739078424473, 6);
    expect(std).toBeCloseTo(0.07715638033330553, 6);
    const whole = inceptionScore(p, 1);
    expect(whole.mean).toBeCloseTo(2.0103379159489494, 6);
    expect(whole.std).toBeNaN(); // of one part there is none
  });

  test('three heads of 4, 3 and 5 values are one of 60 combinations', () => {
    // a, b, c = probabilities(100, 4, 2), probabilities(100, 3, 3), probabilities(100, 5, 4)
    // score(np.einsum('na,nb,nc->nabc', a, b, c).reshape(100, 60), 4)
    const heads = beside(probabilities(100, 4, 2), probabilities(100, 3, 3), probabilities(100, 5, 4));
    const { mean, std } = inceptionScore(heads, 4, [4, 3, 5]);
    expect(mean).toBeCloseTo(3.4752523373081132, 6);
    expect(std).toBeCloseTo(0.23545095511646988, 6);
  });
});

describe('by hand', () => {
  test('sure of each example and even over all: the number of classes', () => {
    const sure = points([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]);
    expect(inceptionScore(sure, 1).mean).toBeCloseTo(4, 14);
    // two contiguous splits see two classes each; as many splits as examples see one each
    expect(inceptionScore(sure, 2)).toEqual({ mean: expect.closeTo(2, 14), std: 0 });
    expect(inceptionScore(sure, 10)).toEqual({ mean: 1, std: 0 });
    expect(inceptionScore(points([1, 0], [1, 0], [1, 0], [0, 1]), 2).std).toBeCloseTo(0.5, 14); // scores 1 and 2
  });

  test('one answer for everything: 1', () => {
    expect(inceptionScore(points([0.25, 0.5, 0.25], [0.25, 0.5, 0.25]), 1).mean).toBe(1);
  });

  test('two digits each of two values, all four pairs: 4, which neither head sees alone', () => {
    const pairs = points([1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]);
    expect(inceptionScore(pairs, 1, [2, 2]).mean).toBeCloseTo(4, 14);
  });
});

test('between 1 and the number of classes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(999),
      (count, classes, seed) => {
        const { mean } = inceptionScore(probabilities(count, classes, seed), 3);
        expect(mean).toBeGreaterThanOrEqual(1 - 1e-6);
        expect(mean).toBeLessThanOrEqual(classes + 1e-6);
      },
    ),
  );
});

test('NaN for fewer than two examples and from NaN; heads that do not fit are our fault', () => {
  const p = probabilities(5, 4, 1);
  for (const few of [firstOf(p, 0), firstOf(p, 1), { ...p, values: p.values.map(() => Number.NaN) }])
    expect(inceptionScore(few, 1)).toEqual({ mean: Number.NaN, std: Number.NaN });
  expect(() => inceptionScore(p, 1, [2, 3])).toThrow(/^internal: .* 4 probabilities for heads of 5$/);
});
