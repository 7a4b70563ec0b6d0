/** k-means on clusters made by hand; what holds of every result. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kMeans, nearestCentres } from '../../../src/metrics/numerics/k-means.ts';
import { points } from '../inputs.ts';
import { features, firstOf, repeatable } from '../scores/repeatable.ts';

const rowsOf = ({ values, count, dim }: ReturnType<typeof points>) =>
  Array.from({ length: count }, (_, i) => [...values.subarray(i * dim, (i + 1) * dim)]);

test('three clusters far apart: their means, from every seed', () => {
  const set = points([0, 0], [2, 0], [1, 3], [100, 0], [102, 0], [0, 200], [0, 204], [0, 202], [0, 202]);
  for (let seed = 0; seed < 20; seed++) {
    const centres = rowsOf(kMeans(set, 3, repeatable(seed))).sort((x, y) => Number(x[0]) - Number(y[0]));
    expect(centres).toEqual([
      [0, 202],
      [1, 1],
      [101, 0],
    ]);
  }
});

test('nearest centres by hand: the first of equals, none for what is not finite', () => {
  const { index, squaredDistance } = nearestCentres(
    points([1], [2], [9], [Number.NaN], [Number.POSITIVE_INFINITY]),
    points([0], [4]),
  );
  expect([...index]).toEqual([0, 0, 1, -1, -1]);
  expect([...squaredDistance]).toEqual([1, 4, 25, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('every centre is the mean of its points, and the same draws give the same centres', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 80 }), fc.integer({ min: 1, max: 5 }), fc.nat(999), (count, k, seed) => {
      const set = features(count, 3, seed);
      const centres = kMeans(set, k, repeatable(seed));
      expect(centres.count).toBe(k);
      const { index } = nearestCentres(set, centres);
      for (const [c, centre] of rowsOf(centres).entries()) {
        const own = rowsOf(set).filter((_, i) => index[i] === c);
        expect(own.length).toBeGreaterThan(0);
        for (const [d, value] of centre.entries())
          expect(value).toBeCloseTo(own.reduce((sum, row) => sum + Number(row[d]), 0) / own.length, 5);
      }
      expect(kMeans(set, k, repeatable(seed))).toEqual(centres);
    }),
    { numRuns: 40 },
  );
});

test('within a few per cent of the best of ten runs of scikit-learn', () => {
  // from sklearn.cluster import KMeans
  // KMeans(8, n_init=10, random_state=0).fit(features(300, 4, 1)).inertia_
  const best = 124.86347495490477;
  const set = features(300, 4, 1);
  const inertia = nearestCentres(set, kMeans(set, 8, repeatable(0))).squaredDistance.reduce((sum, d) => sum + d, 0);
  expect(inertia).toBeGreaterThan(0.999 * best);
  expect(inertia).toBeLessThan(1.05 * best);
});

test('fewer centres where there are fewer distinct points; none of none', () => {
  const centres = kMeans(points([1], [5], [1], [5], [5]), 4, repeatable(1));
  expect(rowsOf(centres).sort()).toEqual([[1], [5]]);
  expect(kMeans(firstOf(points([1]), 0), 4, repeatable(1)).count).toBe(0);
});
