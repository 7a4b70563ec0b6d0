/** Nearest-neighbour purity of codes: by hand, against scikit-learn, and at chance level. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { latentSeparationValues, neighbourPurity } from '../../src/metrics/latent-separation.ts';
import { inputs, modesAt, points, truth } from './inputs.ts';

describe('by hand', () => {
  const dataset = truth({ modes: modesAt([[0], [10]], 0.1) });
  const real = points([0.1], [-0.1], [0], [10], [9.9]);

  test('modes of x, neighbours of E(x): one code of five lies nearest to a stranger', () => {
    // codes of mode 0 at 0, 0.1 and 0.9; of mode 1 at 1 and 1.02: the third has its nearest at 1
    const encoded = points([0], [0.1], [0.9], [1], [1.02]);
    expect(latentSeparationValues(inputs({ dataset, real, encoded }))).toEqual({ latentPurity: 0.8 });
  });

  test('no modes or no encoder, no column', () => {
    expect(latentSeparationValues(inputs({ dataset, real }))).toEqual({});
    expect(latentSeparationValues(inputs({ dataset: truth({}), real, encoded: real }))).toEqual({});
  });

  test('codes that all coincide give chance level: (3·2 + 2·1)/(5·4), in any order', () => {
    expect(neighbourPurity(points([1], [1], [1], [1], [1]), Int32Array.of(0, 0, 0, 1, 1))).toBeCloseTo(0.4, 12);
    expect(neighbourPurity(points([1], [1], [1], [1], [1]), Int32Array.of(0, 1, 0, 1, 0))).toBeCloseTo(0.4, 12);
  });

  test('two neighbours at one distance count half each', () => {
    // the middle one sees a friend and a stranger, the outer ones the middle
    expect(neighbourPurity(points([0], [1], [2]), Int32Array.of(0, 0, 1))).toBeCloseTo((1 + 0.5 + 0) / 3, 12);
  });

  test('a code that is not finite has no neighbour and is nobody’s, but counts', () => {
    const codes = points([0, 0], [0, Number.NaN], [5, 5], [Number.NEGATIVE_INFINITY, 0]);
    expect(neighbourPurity(codes, Int32Array.of(0, 0, 0, 0))).toBe(0.5);
    expect(neighbourPurity(points([0]), Int32Array.of(0))).toBe(0);
  });
});

test('60 points in 3-D, 4 labels: 14 pure neighbours, as scikit-learn 1.9’s NearestNeighbors finds', () => {
  // Lehmer generator from 1 (multiplier 48271, modulus 2³¹ − 1), so that Python drew the same points; labels i mod 4
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const codes = points(...Array.from({ length: 60 }, () => [next(), next(), next()]));
  expect(
    neighbourPurity(
      codes,
      Int32Array.from({ length: 60 }, (_, i) => i % 4),
    ) * 60,
  ).toBeCloseTo(14, 9);
});

test('codes that know nothing of 5 labels are pure at chance level', () => {
  const random = stream(0, 'latent');
  const count = 4_000;
  const codes = { values: Float32Array.from({ length: 2 * count }, () => random.normal()), count, dim: 2 };
  const labels = Int32Array.from({ length: count }, () => random.below(5));
  expect(Math.abs(neighbourPurity(codes, labels) - 0.2)).toBeLessThan(0.04); // about 5 standard errors
});

test('the order of the points does not matter, and the share is one', () => {
  const row = fc.record({
    at: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
    label: fc.nat(2),
  });
  const purity = (rows: { at: number[]; label: number }[]) =>
    neighbourPurity(
      points(...rows.map(({ at }) => at)),
      Int32Array.from(rows, ({ label }) => label),
    );
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
      expect(purity(rows)).toBeCloseTo(purity(rows.toReversed()), 12);
      expect(purity(rows)).toBeGreaterThanOrEqual(0);
      expect(purity(rows)).toBeLessThanOrEqual(1);
      expect(purity(rows.map(({ at }) => ({ at, label: 0 })))).toBeCloseTo(1, 12);
    }),
  );
});
