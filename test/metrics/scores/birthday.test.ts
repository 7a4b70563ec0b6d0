/** The birthday paradox on generators whose support is known, and its threshold against SciPy's distances. */
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { type Random, stream } from '../../../src/base/random.ts';
import { birthdaySupport, sameWithin } from '../../../src/metrics/scores/birthday.ts';
import { points } from '../inputs.ts';
import { features, firstOf, withConstant } from './repeatable.ts';

test('threshold and estimate against SciPy', () => {
  // from scipy.spatial.distance import pdist
  // d = np.sort(pdist(features(400, 8, 11))); t = d[8 - 1]   # 8 = round(79,800 / 10,000)
  // t**2, (pdist(features(300, 8, 12, 0, 0.6)) <= t).sum()
  const threshold = sameWithin(features(400, 8, 11));
  expect(threshold).toBeCloseTo(0.17261721457631263, 10);
  expect(birthdaySupport(features(300, 8, 12, 0, 0.6), threshold)).toBeCloseTo((44_850 + 1) / (46 + 1), 10);
});

const dim = 6;
const gaussian = (count: number, random: Random): Points => ({
  values: Float32Array.from({ length: count * dim }, () => random.normal()),
  count,
  dim,
});

/** Draws, with the given shares, from as many fixed points of the data's law, with a little noise. */
function discrete(shares: readonly number[], count: number, seed: number): Points {
  const atoms = gaussian(shares.length, stream(seed, 'data'));
  const random = stream(seed, 'evaluation');
  const rows = Array.from({ length: count }, () => {
    let atom = 0;
    for (let left = random.uniform() - Number(shares[0]); left >= 0 && atom < shares.length - 1; atom++)
      left -= Number(shares[atom + 1]);
    return [...atoms.values.subarray(atom * dim, (atom + 1) * dim)].map((value) => value + 0.01 * random.normal());
  });
  return points(...rows);
}

describe('generators of known support against continuous data', () => {
  const threshold = sameWithin(gaussian(1_500, stream(0, 'data')));

  test.each([1, 5, 50, 400])('%i points with noise', (support) => {
    const estimate = birthdaySupport(discrete(Array(support).fill(1 / support), 1_500, 3), threshold);
    // what the threshold adds is one pair in 10,000; the rest is the sample's own chance
    const expected = 1 / (1 / support + 1e-4);
    expect(Math.abs(estimate / expected - 1)).toBeLessThan(0.06);
  });

  test('unequal shares: the effective number 1/Σp², not the number', () => {
    const shares = [0.5, ...Array(50).fill(0.01)];
    const effective = 1 / (0.25 + 50 * 1e-4);
    expect(birthdaySupport(discrete(shares, 1_500, 4), threshold)).toBeCloseTo(effective, 0);
  });

  test('another sample of the data: about the 10,000 that the threshold is made for', () => {
    const estimates = Array.from({ length: 6 }, (_, seed) =>
      birthdaySupport(gaussian(1_500, stream(seed, 'evaluation')), threshold),
    );
    const mean = estimates.reduce((sum, value) => sum + value, 0) / 6;
    expect(mean).toBeGreaterThan(6_500);
    expect(mean).toBeLessThan(15_000);
  });
});

describe('at the ends', () => {
  test('no pair that is the same: one more than there are pairs, the most that can be seen', () => {
    expect(birthdaySupport(points([0], [1], [2], [3]), 0.5)).toBe(7);
  });

  test('every pair the same: 1', () => {
    expect(birthdaySupport(points([2], [2], [2], [2]), 0)).toBe(1);
  });

  test('the distance itself is the same, by hand', () => {
    expect(sameWithin(points([0], [3], [5], [9]))).toBe(4); // of 6 pairs the closest one
    expect(birthdaySupport(points([0], [2], [4], [9]), 4)).toBe(7 / 3);
  });

  test('more pairs than are kept at a time: the 20th smallest of 199,396 distances on a line', () => {
    // points i² / 2: neighbours are i + ½ apart, from ½ upwards; the 20 closest of 632 · 631 / 2 pairs
    const count = 632;
    const line = points(...Array.from({ length: count }, (_, i) => [((i * 317) % count) ** 2 / 2]));
    const distances: number[] = [];
    for (let i = 0; i < count; i++)
      for (let j = 0; j < i; j++) distances.push(Math.abs(Number(line.values[i]) - Number(line.values[j])));
    expect(sameWithin(line)).toBe(Number(distances.sort((a, b) => a - b)[19]) ** 2);
  });
});

test('a constant feature changes nothing; repeated real data leaves exact copies alone', () => {
  const real = features(300, 4, 1);
  expect(sameWithin(withConstant(real, 0))).toBe(sameWithin(real));
  const repeated = { ...real, values: real.values.map((_, at) => Number(real.values[at % 40])) };
  expect(sameWithin(repeated)).toBe(0);
  expect(birthdaySupport(repeated, 0)).toBeCloseTo(10, 0);
  expect(birthdaySupport(real, 0)).toBe((300 * 299) / 2 + 1);
});

test('NaN from what is not finite and for fewer than two points', () => {
  const set = features(10, 2, 1);
  const broken = { ...set, values: set.values.with(3, Number.NaN) };
  for (const bad of [broken, firstOf(set, 0), firstOf(set, 1)]) {
    expect(sameWithin(bad)).toBeNaN();
    expect(birthdaySupport(bad, 1)).toBeNaN();
  }
  expect(birthdaySupport({ ...set, values: set.values.map(() => Number.POSITIVE_INFINITY) }, 1)).toBeNaN();
  expect(birthdaySupport(set, Number.NaN)).toBeNaN();
});
