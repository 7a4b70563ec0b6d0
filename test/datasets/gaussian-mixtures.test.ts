/** Where the mixtures' modes lie, what they weigh, and which specs are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import type { Modes } from '../../src/datasets/dataset.ts';
import { makeDataset } from '../support/datasets.ts';

const std = 0.05;
const scale = 1;

function modesOf(spec: Parameters<typeof makeDataset>[0]): Modes {
  const { modes } = makeDataset(spec);
  if (modes === undefined) throw new Error('a mixture must say its modes');
  return modes;
}

const grid = (side: number, spacing = 2, heavy = 0) =>
  modesOf({ kind: 'gaussian-grid', side, spacing, std, heavy, scale });

/** Smallest distance between two centres. */
function closest({ centres, count, dim }: Modes): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) {
      const offsets = Array.from(
        { length: dim },
        (_, d) => Number(centres[a * dim + d]) - Number(centres[b * dim + d]),
      );
      least = Math.min(least, Math.hypot(...offsets));
    }
  return least;
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe('gaussian-grid', () => {
  test('side 5 and spacing 2 is the grid over {−4, −2, 0, 2, 4}² of VEEGAN, row by row', () => {
    const places = [-4, -2, 0, 2, 4];
    expect(Array.from(grid(5).centres)).toEqual(places.flatMap((y) => places.flatMap((x) => [x, y])));
  });

  test('an even grid is centred on the origin too', () => {
    expect(Array.from(grid(2, 3).centres)).toEqual([-1.5, -1.5, 1.5, -1.5, -1.5, 1.5, 1.5, 1.5]);
  });

  test('the heavy mode is the central one; the others share the rest equally', () => {
    const { weights, centres } = grid(5, 2, 0.9);
    expect(weights[12]).toBe(0.9);
    expect([centres[24], centres[25]]).toEqual([0, 0]);
    expect(new Set(weights.filter((_, m) => m !== 12)).size).toBe(1);
    expect(weights[0]).toBeCloseTo(0.1 / 24, 12);
  });

  test.each([
    [4, /odd side.*got 4.*nearest is 5/],
    [2, /got 2.*nearest is 3/],
    [1, /3 or more.*got 1.*nearest is 3/],
  ])('a heavy mode on a grid of side %i is refused in one line', (side, message) => {
    expect(() => grid(side, 2, 0.5)).toThrow(UsageError);
    expect(() => grid(side, 2, 0.5)).toThrow(message);
  });

  test('every grid has side² centres, spacing apart, about the origin, and weights that add up to 1', () => {
    const odd = fc.integer({ min: 1, max: 4 }).map((half) => 2 * half + 1);
    const heavy = fc.double({ min: 0, max: 0.99, noNaN: true });
    const any = fc.oneof(
      fc.record({ side: fc.integer({ min: 2, max: 9 }), heavy: fc.constant(0) }),
      fc.record({ side: odd, heavy }),
    );
    fc.assert(
      fc.property(any, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ side, heavy }, spacing) => {
        const modes = grid(side, spacing, heavy);
        expect(modes.count).toBe(side ** 2);
        expect(modes.centres.length).toBe(2 * side ** 2);
        expect(closest(modes)).toBeCloseTo(spacing, 9);
        expect(total(modes.centres)).toBeCloseTo(0, 9);
        expect(total(modes.weights)).toBeCloseTo(1, 12);
      }),
      { numRuns: 50 },
    );
  });
});

describe('gaussian-rings', () => {
  const rings = (modes: number, radii: number[]) => modesOf({ kind: 'gaussian-rings', modes, radii, std, scale });

  test('eight modes on one ring lie 45° apart, the first at angle 0, none doubled', () => {
    const { centres, count } = rings(8, [1]);
    expect(count).toBe(8);
    const h = Math.SQRT1_2;
    const expected = [1, 0, h, h, 0, 1, -h, h, -1, 0, -h, -h, 0, -1, h, -h];
    expected.forEach((value, i) => {
      expect(centres[i]).toBeCloseTo(value, 12);
    });
  });

  test('every ring has its modes at its radius, all distinct, all of one weight', () => {
    const radii = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), radii, (perRing, radii) => {
        const modes = rings(perRing, radii);
        expect(modes.count).toBe(perRing * radii.length);
        for (let m = 0; m < modes.count; m++)
          expect(Math.hypot(Number(modes.centres[2 * m]), Number(modes.centres[2 * m + 1]))).toBeCloseTo(
            Number(radii[Math.floor(m / perRing)]),
            12,
          );
        expect(closest(modes)).toBeGreaterThan(0.3); // 20 modes at radius 1 are 0.313 apart
        expect(total(modes.weights)).toBeCloseTo(1, 12);
      }),
      { numRuns: 50 },
    );
  });

  test('two rings of one radius are refused', () => {
    expect(() => rings(8, [1, 2, 1])).toThrow(new UsageError('data.radii: expected radii that differ, got 1 twice'));
  });
});

describe('gaussian-line', () => {
  const line = (centres: number[]) => modesOf({ kind: 'gaussian-line', centres, std, scale });

  test('modes lie where the spec says, in one dimension', () => {
    const modes = line([-5, -0.5, 0, 0.5, 5]);
    expect(Array.from(modes.centres)).toEqual([-5, -0.5, 0, 0.5, 5]);
    expect([modes.dim, modes.count]).toEqual([1, 5]);
  });

  test('two modes at one place are refused', () => {
    expect(() => line([0, 0.5, 0.5])).toThrow(
      new UsageError('data.centres: expected places that differ, got 0.5 twice'),
    );
  });
});

describe('gaussian-clusters', () => {
  const clusters = (centres: number[][]) => modesOf({ kind: 'gaussian-clusters', centres, std, scale });

  test('modes lie where the spec says, in the plane, all of one weight', () => {
    const modes = clusters([
      [-3, 1],
      [0, 0.5],
      [2, -4],
    ]);
    expect(Array.from(modes.centres)).toEqual([-3, 1, 0, 0.5, 2, -4]);
    expect([modes.dim, modes.count]).toEqual([2, 3]);
    expect(Array.from(modes.weights)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test('two modes at one place are refused; places that share a coordinate are not', () => {
    const twice = [
      [1, 2],
      [3, 4],
      [1, 2],
    ];
    expect(() => clusters(twice)).toThrow(
      new UsageError('data.centres: expected places that differ, got [1, 2] twice'),
    );
    expect(
      clusters([
        [1, 2],
        [1, 3],
        [2, 1],
      ]).count,
    ).toBe(3);
  });
});
