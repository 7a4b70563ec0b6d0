/** Precision, recall, density and coverage against scikit-learn's neighbours, by hand, and where sets are broken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { prdc, squaredRadii } from '../../../src/metrics/scores/prdc.ts';
import { points } from '../inputs.ts';
import { features, firstOf, withConstant } from './repeatable.ts';

describe('against scikit-learn', () => {
  // from sklearn.neighbors import NearestNeighbors; from sklearn.metrics import pairwise_distances
  // def prdc(r, f, k):
  //     rr = NearestNeighbors(n_neighbors=k + 1).fit(r).kneighbors(r)[0][:, -1]
  //     fr = NearestNeighbors(n_neighbors=k + 1).fit(f).kneighbors(f)[0][:, -1]
  //     d = pairwise_distances(r, f); inside = d < rr[:, None]
  //     return inside.any(0).mean(), (d < fr[None]).any(1).mean(), inside.sum(0).mean() / k, inside.any(1).mean()
  const a = features(300, 24, 1);
  const b = features(250, 24, 2, 0.2, 1.1);
  test.each([
    ['k = 5', a, b, 5, [0.74, 0.9266666666666666, 0.5576, 0.75]],
    ['k = 3', a, b, 3, [0.596, 0.8433333333333334, 0.5546666666666666, 0.6066666666666667]],
    [
      'narrower, 6 features',
      features(200, 6, 7),
      features(130, 6, 8, 0.4, 0.7),
      5,
      [0.9846153846153847, 0.745, 1.1476923076923078, 0.6],
    ],
  ] as const)('%s', (_, real, fake, k, [precision, recall, density, coverage]) => {
    const values = prdc(real, fake, k);
    expect(values.precision).toBeCloseTo(precision, 12);
    expect(values.recall).toBeCloseTo(recall, 12);
    expect(values.density).toBeCloseTo(density, 12);
    expect(values.coverage).toBeCloseTo(coverage, 12);
  });
});

describe('by hand, on a line', () => {
  const real = points([0], [1], [3], [10]); // with k = 1 radii 1, 1, 2, 7
  const fake = points([0.5], [4], [30], [31]); // radii 3.5, 3.5, 1, 1

  test('radii', () => {
    expect([...squaredRadii(real, 1)]).toEqual([1, 1, 4, 49]);
    expect([...squaredRadii(real, 2)]).toEqual([9, 4, 9, 81]);
    expect([...squaredRadii(real, 9)]).toEqual([100, 81, 49, 100]); // no more than three neighbours are there
  });

  test('scores', () => {
    // 0.5 is in the balls of 0 and 1; 4 in those of 3 and 10; 30 and 31 in none
    // 0, 1 and 3 are in the ball of 0.5; 10 is in none
    expect(prdc(real, fake, 1)).toEqual({ precision: 2 / 4, recall: 3 / 4, density: 4 / 4, coverage: 4 / 4 });
  });

  test('the surface belongs to the ball', () => {
    expect(prdc(points([0], [1]), points([2], [9]), 1)).toMatchObject({ precision: 0.5, coverage: 0.5 });
  });
});

test('a set against itself: all precise, recalled and covered', () => {
  const coordinate = fc.integer({ min: -3, max: 3 }); // many equal points and equal distances
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 90 }),
      fc.integer({ min: 1, max: 6 }),
      (rows, k) => {
        const set = points(...rows);
        expect(prdc(set, set, k)).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
      },
    ),
  );
});

test('exchanging the sets exchanges precision and recall; neither order nor a constant feature matters', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 80 }), fc.integer({ min: 2, max: 80 }), fc.nat(999), (n, m, seed) => {
      const [a, b] = [features(n, 2, seed), features(m, 2, seed + 1, 0.3)];
      const values = prdc(a, b, 3);
      const back = prdc(b, a, 3);
      expect([back.precision, back.recall]).toEqual([values.recall, values.precision]);
      const rows = Array.from({ length: m }, (_, i) => [...b.values.subarray(i * 2, i * 2 + 2)]);
      expect(prdc(a, points(...rows.toReversed()), 3)).toEqual(values);
      expect(prdc(withConstant(a, 0), withConstant(b, 0), 3)).toEqual(values);
    }),
    { numRuns: 40 },
  );
});

test('a collapsed generator is precise at best, covers nothing and recalls nothing', () => {
  const real = features(200, 4, 3);
  const one = (point: number[]): Points => points(...Array.from({ length: 200 }, () => point));
  const { precision, recall, coverage } = prdc(real, one([...real.values.subarray(0, 4)]), 5);
  expect(precision).toBe(1);
  expect(recall).toBe(1 / 200);
  expect(coverage).toBeLessThan(0.1);
});

const undefinedValues = { precision: Number.NaN, recall: Number.NaN, density: Number.NaN, coverage: Number.NaN };

test('where one point is not finite nothing is defined, on either side: 0 would be a score', () => {
  const real = features(100, 3, 3);
  for (const fill of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const one = { ...real, values: real.values.with(4, fill) };
    const all = { ...real, values: real.values.map(() => fill) };
    for (const lost of [one, all]) {
      expect(prdc(real, lost, 5)).toEqual(undefinedValues);
      expect(prdc(lost, real, 5)).toEqual(undefinedValues);
    }
  }
});

test('NaN for fewer than two points on either side', () => {
  const set = features(10, 2, 1);
  for (const few of [firstOf(set, 0), firstOf(set, 1)]) {
    expect(prdc(set, few, 3)).toEqual(undefinedValues);
    expect(prdc(few, set, 3)).toEqual(undefinedValues);
  }
});
