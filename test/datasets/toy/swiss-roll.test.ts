/** The roll's curve against its equation, its points' density, and the noise about it. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { makeDataset } from '../../support/datasets.ts';

const roll = (over: { turns?: number; inner?: number; outer?: number; std?: number } = {}) => {
  const dataset = makeDataset({ kind: 'swiss-roll', turns: 2, inner: 1, outer: 3, std: 0.01, scale: 1, ...over });
  if (dataset.curve === undefined) throw new Error('the roll must say its curve');
  return { dataset, curve: dataset.curve };
};

describe('curve', () => {
  const { curve } = roll();
  const point = (i: number) => [Number(curve.points[2 * i]), Number(curve.points[2 * i + 1])] as const;

  test('goes from (inner, 0) through two turns to (outer, 0); half-way it is back at angle 0, radius 2', () => {
    const middle = (curve.count - 1) / 2;
    const at = (t: number) => point(Math.round(t * 2 * middle));
    expect(Math.hypot(...at(0.5))).toBeCloseTo(2, 2);
    [1, 3].forEach((x, i) => {
      expect(at(i)[0]).toBeCloseTo(x, 9);
      expect(at(i)[1]).toBeCloseTo(0, 9);
    });
    expect(at(0.125)[0]).toBeCloseTo(0, 1); // a quarter turn
    expect(at(0.125)[1]).toBeCloseTo(1.25, 2);
  });

  test('neighbouring points are at most a quarter of σ apart', () => {
    for (let i = 1; i < curve.count; i++) {
      const [x, y] = point(i);
      const [px, py] = point(i - 1);
      expect(Math.hypot(x - px, y - py)).toBeLessThanOrEqual(0.25 * curve.std * (1 + 1e-9));
    }
  });

  test('a roll of coarse noise still has points enough for bins', () => {
    expect(roll({ std: 1 }).curve.count).toBe(1_001);
  });
});

test('samples are uniform in the angle, with Gaussian noise of the given σ across the curve', () => {
  const count = 50_000;
  const { dataset } = roll();
  const values = dataset.sample(stream(0, 'data'), count);
  const quarters = new Float64Array(4);
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const x = Number(values[2 * i]);
    const y = Number(values[2 * i + 1]);
    const radius = Math.hypot(x, y);
    // t from the radius, then the whole turn that the angle belongs to
    const angle = Math.atan2(y, x) / (2 * Math.PI);
    const turn = angle + Math.round(radius - 1 - angle);
    const bin = Math.min(3, Math.max(0, Math.floor(turn * 2)));
    quarters[bin] = Number(quarters[bin]) + 1;
    // distance across: the radial offset times the cosine of the spiral's slope (dr/dφ = 1/2π)
    squares += ((radius - (1 + turn)) / Math.hypot(1, 1 / (2 * Math.PI) / (1 + turn))) ** 2;
  }
  for (const quarter of quarters) expect(Math.abs(quarter / count - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / count));
  // 5 standard errors, and 1 % for the curvature that the line above ignores
  expect(Math.abs(squares / count / 0.01 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / count) + 0.01);
});

test('a roll that does not grow is refused', () => {
  expect(() => roll({ outer: 1 })).toThrow(new UsageError('data.outer: expected more than data.inner (1), got 1'));
});

test('noise too fine for the curve to be stored is refused with the least that goes', () => {
  expect(() => roll({ std: 1e-9 })).toThrow(/^data\.std: expected at least 0\.00079 .*got 1e-9$/);
  expect(() => roll({ std: 0.00079 })).not.toThrow();
});
