/** Ways between latents: arcs and lines worked out by hand, and what holds for any two ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, filmOrder, legsBetween, pathNames, usualPath } from '../../../src/inspect/latent/paths.ts';

const numbers = (...values: number[]) => Float32Array.from(values);
const norm = (z: Float32Array) => Math.hypot(...z);

const coordinate = fc.double({ min: 0.05, max: 1, noNaN: true }).chain((size) => fc.constantFrom(size, -size));
const sized = (dim: number) => ({ minLength: dim, maxLength: dim });

describe('between', () => {
  it('goes along the arc: half-way between two axes, and a third of a right angle', () => {
    // sin(45°)/sin(90°) of each; sin(60°) of the first and sin(30°) of the second
    const [a, b] = [numbers(2, 0), numbers(0, 2)];
    expect([...between('spherical', a, b, 0.5)]).toEqual([Math.fround(Math.SQRT2), Math.fround(Math.SQRT2)]);
    const third = between('spherical', a, b, 1 / 3);
    expect(third[0]).toBeCloseTo(Math.sqrt(3), 6);
    expect(third[1]).toBeCloseTo(1, 6);
  });

  it('takes the angle between ends of unlike lengths from their directions', () => {
    // 60° apart: sin(30°)/sin(60°) = 1/√3 of each
    const middle = between('spherical', numbers(1, 0), numbers(1.5, 1.5 * Math.sqrt(3)), 0.5);
    expect(middle[0]).toBeCloseTo(2.5 / Math.sqrt(3), 5);
    expect(middle[1]).toBeCloseTo(1.5, 5);
  });

  it.each([
    ['the same direction', [1, 2], [2, 4], [1.25, 2.5]],
    ['opposite directions', [1, 0], [-3, 0], [0, 0]],
    ['one dimension', [0.5], [-0.5], [0.25]],
    ['the origin', [0, 0], [4, 8], [1, 2]],
  ])('is a straight line where there is no arc: %s', (_, a, b, quarter) => {
    expect([...between('spherical', numbers(...a), numbers(...b), 0.25)]).toEqual(quarter);
  });

  const ends = fc
    .integer({ min: 2, max: 8 })
    .chain((dim) => fc.tuple(fc.array(coordinate, sized(dim)), fc.array(coordinate, sized(dim))));

  it('starts and ends exactly where it should', () => {
    fc.assert(
      fc.property(ends, fc.constantFrom(...pathNames), ([a, b], path) => {
        expect([...between(path, numbers(...a), numbers(...b), 0)]).toEqual([...numbers(...a)]);
        expect([...between(path, numbers(...a), numbers(...b), 1)]).toEqual([...numbers(...b)]);
      }),
    );
  });

  it('keeps the radius on an arc between equal radii, and stays in the cube on a line', () => {
    fc.assert(
      fc.property(ends, fc.double({ min: 0, max: 1, noNaN: true }), ([a, b], t) => {
        const line = between('linear', numbers(...a), numbers(...b), t);
        expect(Math.max(...line.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-6);
        const [u, v] = [numbers(...a), numbers(...b)].map((z) => z.map((value) => value / norm(z))) as [
          Float32Array,
          Float32Array,
        ];
        const cosine = u.reduce((sum, value, i) => sum + value * (v[i] as number), 0);
        fc.pre(Math.abs(cosine) < 0.99);
        expect(norm(between('spherical', u, v, t))).toBeCloseTo(1, 4);
      }),
    );
  });
});

it('a path is spherical for a normal prior, else linear', () => {
  expect(usualPath({ kind: 'normal', dim: 3, std: 1 })).toBe('spherical');
  expect(usualPath({ kind: 'uniform', dim: 3, low: -1, high: 1 })).toBe('linear');
  expect(usualPath({ kind: 'split', dim: 4, classes: 2, low: -1, high: 1 })).toBe('linear');
});

describe('legs', () => {
  it('lead from end to end and back to the first, both ends in each', () => {
    const ends = { values: numbers(0, 1, 4), count: 3, dim: 1 };
    expect([...legsBetween(ends, 3, 'linear').values]).toEqual([0, 0.5, 1, 1, 2.5, 4, 4, 2, 0]);
  });

  it('are one for two ends', () => {
    const ends = { values: numbers(0, 2), count: 2, dim: 1 };
    expect([...legsBetween(ends, 3, 'linear').values]).toEqual([0, 1, 2]);
  });

  it('make a film that shows each joint once and closes, there and back for a single one', () => {
    expect(filmOrder(3, 3)).toEqual([0, 1, 3, 4, 6, 7]);
    expect(filmOrder(1, 4)).toEqual([0, 1, 2, 3, 2, 1]);
    expect(filmOrder(1, 2)).toEqual([0, 1]);
  });
});
