/** Sliced Wasserstein-2 where it is known in closed form. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import { stream } from '../../src/base/random.ts';
import { slicedWassersteinValues } from '../../src/metrics/sliced-wasserstein.ts';
import { makeDataset } from '../support/datasets.ts';
import { inputs, perfect, points, truth } from './inputs.ts';

const distance = (generated: Points, real: Points, projections = 50, seed = 0) =>
  Number(
    slicedWassersteinValues(
      inputs({ dataset: truth({}), generated, real, random: () => stream(seed, 'projection') }),
      projections,
    ).slicedW2,
  );

describe('one dimension', () => {
  test('W₂ by hand: {0, 3, 1} to {2, 7, 2} moves 2, 1 and 4', () => {
    expect(distance(points([0], [3], [1]), points([2], [7], [2]))).toBeCloseTo(Math.sqrt((4 + 1 + 16) / 3), 6);
  });

  test('between N(0, 1) and N(1, 2²) it is √((0 − 1)² + (1 − 2)²)', () => {
    const count = 100_000;
    const draw = (seed: number, centre: number, std: number): Points => {
      const random = stream(seed, 'data');
      return { values: Float32Array.from({ length: count }, () => centre + std * random.normal()), count, dim: 1 };
    };
    expect(distance(draw(0, 0, 1), draw(1, 1, 2))).toBeCloseTo(Math.SQRT2, 1);
  });
});

describe('two dimensions', () => {
  test('two points at distance 5: the root of 25·mean cos², which is 5/√2 over many directions', () => {
    expect(distance(points([3, 4]), points([0, 0]), 20_000)).toBeCloseTo(5 / Math.SQRT2, 1);
  });

  test('a shift by v between equal clouds costs what one point shifted by v does, in the same directions', () => {
    const cloud = [
      [0, 0],
      [1, 2],
      [-3, 1],
      [2, 2],
    ];
    const shifted = cloud.map((row) => row.map((value, d) => value + (d === 0 ? 3 : 4)));
    expect(distance(points(...shifted), points(...cloud))).toBeCloseTo(distance(points([3, 4]), points([0, 0])), 5);
  });

  test('directions come from the inputs: the same seed gives the same figure, another a near one', () => {
    const [a, b] = [points([3, 4], [1, 0]), points([0, 0], [2, 2])];
    expect(distance(a, b, 20, 1)).toBe(distance(a, b, 20, 1));
    expect(distance(a, b, 20, 1)).not.toBe(distance(a, b, 20, 2));
  });

  test('another sample of the data is near, one mode alone is far', () => {
    const dataset = makeDataset({ kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 });
    const sampled = perfect(dataset, 2_500);
    const count = sampled.real.count;
    const collapsed = { values: new Float32Array(2 * count), count, dim: 2 };
    expect(slicedWassersteinValues(sampled, 50).slicedW2).toBeLessThan(0.3);
    // all mass to the origin costs the root of the mean of cos²·8·2 … = the data's rms along a direction, √8
    expect(distance(collapsed, sampled.real)).toBeCloseTo(Math.sqrt(8), 1);
  });
});

test('0 to itself in any order, symmetric, scales with the data', () => {
  const coordinate = fc.float({ min: -8, max: 8, noNaN: true });
  const cloud = fc.array(fc.tuple(coordinate, coordinate), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(cloud, cloud, (a, b) => {
      const [one, other] = [points(...a), points(...b)];
      expect(distance(one, points(...a.toReversed()))).toBe(0);
      expect(distance(one, other)).toBeCloseTo(distance(other, one), 9);
      const double = (rows: [number, number][]) => points(...rows.map(([x, y]) => [2 * x, 2 * y]));
      expect(distance(double(a), double(b))).toBeCloseTo(2 * distance(one, other), 5);
    }),
  );
});

test('NaN from a sample that is NaN; no column without a generator; unlike samples are our fault', () => {
  expect(distance(points([Number.NaN, 0], [1, 1]), points([0, 0], [1, 1]))).toBeNaN();
  expect(slicedWassersteinValues(inputs({ dataset: truth({}) }), 10)).toEqual({});
  expect(() => distance(points([0, 0]), points([0, 0], [1, 1]))).toThrow(/^internal: .*\[1, 2\] and \[2, 2\]/);
});
