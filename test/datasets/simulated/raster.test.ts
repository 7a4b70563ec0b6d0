/** Polygons cover what they should: areas against geometry, holes, gradients, and nothing outside. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { area, oval } from '../../../src/datasets/simulated/outlines.ts';
import { fill, makeCanvas, type Outline, type Paint } from '../../../src/datasets/simulated/raster.ts';

const white: Paint = { kind: 'flat', colour: [1, 1, 1] };

/** The red channel after one fill on black. */
function painted(size: number, outline: Outline, paint: Paint = white): Float32Array {
  const canvas = makeCanvas(size);
  fill(canvas, outline, paint);
  return canvas.colours.filter((_, at) => at % 3 === 0);
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

describe('coverage', () => {
  test('a rectangle with edges between pixels, by hand', () => {
    // 4 × 4 pixels; x from 0.5 to 2.25 pixels, y from 1 to 2.5 pixels
    const values = painted(4, [0.125, 0.25, 0.5625, 0.25, 0.5625, 0.625, 0.125, 0.625]);
    const expected = [
      [0, 0, 0, 0],
      [0.5, 1, 0.25, 0],
      [0.25, 0.5, 0.125, 0],
      [0, 0, 0, 0],
    ].flat();
    expected.forEach((value, at) => {
      expect(values[at]).toBeCloseTo(value, 6);
    });
  });

  test('any triangle inside the picture weighs its area, whichever way it runs', () => {
    const place = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(place, place, place, place, place, place),
        fc.integer({ min: 16, max: 80 }),
        (points, size) => {
          const [ax, ay, bx, by, cx, cy] = points;
          const twice = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
          // along a line coverage is exact; between the lines (six a pixel) the two slanted sides err by a fraction of a line
          const tolerance = 0.6 / size / 6;
          expect(Math.abs(sum(painted(size, points)) / size ** 2 - twice / 2)).toBeLessThan(tolerance);
          expect(sum(painted(size, [cx, cy, bx, by, ax, ay]))).toBeCloseTo(sum(painted(size, points)), 3);
        },
      ),
    );
  });

  test('outlines that leave the picture on every side paint all of it and nothing else', () => {
    expect(painted(16, [-3, -3, 4, -3, 4, 4, -3, 4]).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
    expect(sum(painted(16, [1.1, 0, 2, 0, 2, 1, 1.1, 1]))).toBe(0);
    expect(sum(painted(16, [0, -1, 1, -1, 1, -0.1, 0, -0.1]))).toBe(0);
  });

  test('what is wound about twice is painted once, and a hole that runs the other way stays open', () => {
    const square = [0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75];
    const paint: Paint = { kind: 'flat', colour: [1, 1, 1], opacity: 0.5 };
    expect(sum(painted(16, [...square, ...square], paint))).toBeCloseTo(64 * 0.5, 4);
    const hole = [0.25, 0.25, 0.375, 0.375, 0.375, 0.625, 0.625, 0.625, 0.625, 0.375, 0.375, 0.375, 0.25, 0.25];
    expect(sum(painted(16, [...square, ...hole]))).toBeCloseTo(64 - 16, 4);
  });

  test('one outline leaves nothing behind that a second one on the same canvas would show', () => {
    const canvas = makeCanvas(33);
    fill(canvas, oval(0.4, 0.6, 0.3, 0.2), white);
    fill(canvas, [-1, -1, 2, -1, 2, 2, -1, 2], { kind: 'flat', colour: [0, 0, 0] });
    fill(canvas, oval(0.5, 0.5, 0.1, 0.1), white);
    expect(sum(canvas.colours.filter((_, at) => at % 3 === 0))).toBeCloseTo(
      sum(painted(33, oval(0.5, 0.5, 0.1, 0.1))),
      3,
    );
  });
});

describe('gradients', () => {
  const all = [0, 0, 1, 0, 1, 1, 0, 1];

  test('linear: by hand at the middles of four pixels, constant beyond its ends', () => {
    const paint: Paint = { kind: 'linear', from: [0, 0, 0], to: [1, 1, 1], start: [0.25, 0], end: [0.75, 0] };
    const row = painted(4, all, paint).slice(0, 4);
    [0, 0.25, 0.75, 1].forEach((value, x) => {
      expect(row[x]).toBeCloseTo(value, 6);
    });
  });

  test('radial: opacity falls from the centre to nothing at the radius', () => {
    const colour = [1, 1, 1] as const;
    const paint: Paint = {
      kind: 'radial',
      from: colour,
      to: colour,
      centre: [0.5, 0.5],
      radius: 0.25,
      opacities: [0.8, 0],
    };
    const values = painted(65, all, paint);
    expect(values[32 * 65 + 32]).toBeCloseTo(0.8, 6);
    expect(values[32 * 65 + 32 + 8]).toBeCloseTo(0.8 * (1 - 8 / 65 / 0.25), 5);
    expect(values[0]).toBe(0);
  });
});

test('ovals and areas: a polygon of 400 corners has the area of its ellipse, turned or not', () => {
  const ellipse = Math.PI * 0.3 * 0.2;
  expect(area(oval(0.5, 0.5, 0.3, 0.2, 0.7, 400))).toBeCloseTo(ellipse, 4);
  expect(sum(painted(100, oval(0.5, 0.5, 0.3, 0.2, 0, 60))) / 100 ** 2).toBeCloseTo(ellipse, 3);
});
