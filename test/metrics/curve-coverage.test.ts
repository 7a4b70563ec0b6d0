/** Coverage of a curve: by hand on a segment, on the roll itself, and against a plain search. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import type { Curve } from '../../src/datasets/dataset.ts';
import { curveCoverageValues, nearestOnCurve } from '../../src/metrics/curve-coverage.ts';
import { makeDataset } from '../support/datasets.ts';
import { inputs, perfect, points, truth } from './inputs.ts';

describe('a segment from (0, 0) to (9, 0) in ten points, σ 0.5', () => {
  const segment = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i / 2 : 0));
  const dataset = truth({ curve: { points: segment, count: 10, dim: 2, std: 0.5 } });
  const measure = (generated: Points, bins = 5) => curveCoverageValues(inputs({ dataset, generated }), bins);

  test('within 1.5 is near; two points to a stretch', () => {
    // near: stretches 0 (x = 0 and 1), 2 (x = 4, at exactly 1.5); far: above, beyond the end, NaN
    const generated = points([0, 0.2], [1, -1], [4, 1.5], [6, 1.6], [10.6, 0], [Number.NaN, 0], [0, Number.NaN]);
    expect(measure(generated)).toEqual({ nearCurve: 3 / 7, curveCovered: 2 / 5 });
  });

  test('nothing near, nothing covered; no generator or no curve, no columns', () => {
    expect(measure(points([0, 5]))).toEqual({ nearCurve: 0, curveCovered: 0 });
    expect(curveCoverageValues(inputs({ dataset }), 5)).toEqual({});
    expect(curveCoverageValues(inputs({ dataset: truth({}), generated: points([0, 5]) }), 5)).toEqual({});
  });

  test('more stretches than points are refused', () => {
    expect(() => measure(points([0, 0]), 11)).toThrow(UsageError);
    expect(() => measure(points([0, 0]), 11)).toThrow(/bins: expected at most 10 .*got 11/);
  });
});

describe('the swiss roll', () => {
  const dataset = makeDataset({ kind: 'swiss-roll', turns: 1.5, inner: 0.5, outer: 2, std: 0.02, scale: 1 });

  test('its own samples reach erf(3/√2) of nearness and every stretch', () => {
    const count = 50_000;
    const { nearCurve = 0, curveCovered } = curveCoverageValues(perfect(dataset, count), 100);
    const ceiling = 0.9973002039367398;
    expect(Math.abs(nearCurve - ceiling)).toBeLessThan(4 * Math.sqrt((ceiling * (1 - ceiling)) / count) + 2e-4);
    expect(curveCovered).toBe(1);
  });

  test('each stretch has the same share of the samples', () => {
    const count = 50_000;
    const { generated } = perfect(dataset, count);
    const curve = dataset.curve as Curve; // a roll has one
    const nearest = Array.from(nearestOnCurve(generated as Points, curve)); // perfect() draws them
    const shares = [0, 1, 2, 3].map(
      (bin) => nearest.filter((index) => index >= 0 && Math.floor((4 * index) / curve.count) === bin).length / count,
    );
    for (const share of shares) expect(Math.abs(share - 0.25)).toBeLessThan(0.01);
  });

  test('only the outer half of the curve is covered by samples on it', () => {
    const curve = dataset.curve as Curve; // a roll has one
    const outer = Array.from({ length: 500 }, (_, i) => Math.ceil(((500 + i) / 1_000) * curve.count));
    const generated = points(...outer.map((i) => [Number(curve.points[2 * i]), Number(curve.points[2 * i + 1])]));
    expect(curveCoverageValues(inputs({ dataset, generated }), 50)).toEqual({ nearCurve: 1, curveCovered: 0.5 });
  });
});

test('the sorted search finds what trying every point finds', () => {
  const coordinate = fc.integer({ min: -20, max: 20 }).map((n) => n / 4);
  const rows = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, rows, (along, samples) => {
      const curve = { points: Float64Array.from(along.flat()), count: along.length, dim: 2, std: 0.5 };
      const nearest = nearestOnCurve(points(...samples), curve);
      samples.forEach(([x, y], i) => {
        const squared = along.map(([px, py]) => (x - px) ** 2 + (y - py) ** 2);
        const least = Math.min(...squared);
        const found = Number(nearest[i]);
        if (least > 2.25) expect(found).toBe(-1);
        else expect(squared[found]).toBe(least);
      });
    }),
  );
});
