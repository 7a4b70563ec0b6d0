/** NDB: its test against SciPy, whole scores by hand, and its level on two samples of one law. */
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { againstBins, binsOf, ndb, proportionZ } from '../../../src/metrics/scores/ndb.ts';
import { points } from '../inputs.ts';
import { features, firstOf, repeatable, withConstant } from './repeatable.ts';

test('z of two proportions against the root of SciPy’s χ²', () => {
  // from scipy.stats import chi2_contingency
  // np.sqrt(chi2_contingency([[x, n - x], [y, m - y]], correction=False).statistic), p 0.145, 0.031, 0.109, 0.016
  expect(proportionZ(30, 200, 45, 220)).toBeCloseTo(-1.4577040803162873, 12);
  expect(proportionZ(5, 100, 20, 150)).toBeCloseTo(-2.151657414559676, 12);
  expect(proportionZ(0, 50, 3, 60)).toBeCloseTo(-1.603151102654995, 12);
  expect(proportionZ(110, 500, 80, 500)).toBeCloseTo(2.418254167033372, 12);
  expect(proportionZ(0, 50, 0, 60)).toBe(0);
  expect(proportionZ(50, 50, 60, 60)).toBe(0);
});

/** So many points about 0, 10 and 20. */
function clusters(...sizes: number[]): Points {
  return points(...sizes.flatMap((size, place) => Array.from({ length: size }, (_, i) => [10 * place + (i % 5) / 10])));
}

describe('three bins by hand', () => {
  const real = clusters(100, 200, 100);
  const score = (fake: Points) => ndb(real, fake, 3, repeatable(2));

  test('the same shares: no bin differs, no divergence', () => {
    expect(score(clusters(50, 100, 50))).toEqual({ share: 0, jensenShannon: 0 });
  });

  test('a third of the bins, and all of them', () => {
    // 100 + 200 + 100 of 400 against 120 + 200 + 80: p 0.12 and 0.09, so none; against 140 + 200 + 60: two of the three
    expect(score(clusters(120, 200, 80)).share).toBe(0);
    expect(score(clusters(140, 200, 60)).share).toBeCloseTo(2 / 3, 14);
    expect(score(clusters(0, 400, 0)).share).toBe(1);
  });

  test('the divergence of (¼, ½, ¼) from (0, 1, 0)', () => {
    // scipy.spatial.distance.jensenshannon([.25, .5, .25], [0, 1, 0])**2
    expect(score(clusters(0, 400, 0)).jensenShannon).toBeCloseTo(0.21576155433883568, 12);
  });

  test('where one point is not finite nothing is defined, on either side', () => {
    for (const fill of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const one = { ...real, values: real.values.with(0, fill) };
      const all = { ...real, values: real.values.map(() => fill) };
      for (const lost of [one, all])
        for (const found of [score(lost), ndb(lost, real, 3, repeatable(1))])
          expect(found).toEqual({ share: Number.NaN, jensenShannon: Number.NaN });
    }
  });
});

test('two samples of one law differ in few of the bins, a narrow one in most', () => {
  const real = features(2_000, 4, 1);
  const bins = binsOf(real, 50, repeatable(3));
  const shares = Array.from({ length: 10 }, (_, seed) => againstBins(bins, features(2_000, 4, 100 + seed)).share);
  const mean = shares.reduce((sum, share) => sum + share, 0) / 10;
  // the level is 0.05; 500 tests have a deviation of 0.01
  expect(mean).toBeGreaterThan(0.01);
  expect(mean).toBeLessThan(0.1);
  expect(againstBins(bins, features(2_000, 4, 7, 0, 0.5)).share).toBeGreaterThan(0.7);
});

test('repeatable; a constant feature changes nothing; fewer distinct points make fewer bins', () => {
  const [real, fake] = [features(200, 3, 1), features(200, 3, 2, 0.3)];
  const score = ndb(real, fake, 10, repeatable(5));
  expect(ndb(real, fake, 10, repeatable(5))).toEqual(score);
  expect(ndb(withConstant(real, 0), withConstant(fake, 0), 10, repeatable(5))).toEqual(score);
  expect(binsOf(clusters(5, 5), 40, repeatable(5)).centres.count).toBe(10);
});

test('NaN for fewer than two points on either side', () => {
  const set = features(10, 2, 1);
  for (const few of [firstOf(set, 0), firstOf(set, 1)]) {
    expect(ndb(set, few, 3, repeatable(1))).toEqual({ share: Number.NaN, jensenShannon: Number.NaN });
    expect(ndb(few, set, 3, repeatable(1))).toEqual({ share: Number.NaN, jensenShannon: Number.NaN });
  }
});
