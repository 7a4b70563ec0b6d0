/** Curves pass where they should, bands have their width, hulls are convex and hold all points. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { area, band, hull, smooth } from '../../../src/datasets/simulated/outlines.ts';

test('a smooth outline passes through its corners and goes round a circle well', () => {
  const corners = Array.from({ length: 12 }, (_, p) => [
    Math.cos((p * Math.PI) / 6),
    Math.sin((p * Math.PI) / 6),
  ]).flat();
  const outline = smooth(corners, 4);
  expect(outline).toHaveLength(12 * 4 * 2);
  for (let p = 0; p < 12; p++) expect(outline[p * 8]).toBe(corners[p * 2]);
  for (let p = 0; p < outline.length; p += 2)
    expect(Math.abs(Math.hypot(Number(outline[p]), Number(outline[p + 1])) - 1)).toBeLessThan(0.003);
});

test('a straight band is a rectangle, a tapering one a triangle', () => {
  expect(area(band([0, 0], [1.5, 2], [3, 4], [0.2, 0.2, 0.2]))).toBeCloseTo(5 * 0.2, 12);
  // the widths follow (1 − t)²·w₀ + 2t(1 − t)·w₁ + t²·w₂, here 0.4·(1 − t) along a line of length 5
  expect(area(band([0, 0], [1.5, 2], [3, 4], [0.4, 0.2, 0]))).toBeCloseTo((5 * 0.4) / 2, 12);
});

test('a hull: its corners are points, it turns one way, and no point lies outside', () => {
  const coordinate = fc.integer({ min: -20, max: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 25 }), (points) => {
      const outline = hull(points.flat());
      const corners = Array.from({ length: outline.length / 2 }, (_, p) => [outline[2 * p], outline[2 * p + 1]]);
      for (const corner of corners) expect(points).toContainEqual(corner);
      if (corners.length < 3) return; // all points on a line
      corners.forEach(([ax, ay], p) => {
        const [bx, by] = corners[(p + 1) % corners.length] as number[];
        for (const [x, y] of points)
          expect(
            (Number(bx) - Number(ax)) * (y - Number(ay)) - (x - Number(ax)) * (Number(by) - Number(ay)),
          ).toBeGreaterThanOrEqual(0);
      });
    }),
  );
});

test('the area of a hull of eight points, against SciPy', () => {
  // scipy.spatial.ConvexHull([[0,0],[4,1],[5,4],[2,6],[-1,3],[2,2],[3,3],[1,5]]).volume  ->  22.5 (SciPy 1.17)
  expect(area(hull([0, 0, 4, 1, 5, 4, 2, 6, -1, 3, 2, 2, 3, 3, 1, 5]))).toBe(22.5);
});
