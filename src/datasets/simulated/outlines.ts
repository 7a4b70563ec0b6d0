/** Computes outlines for drawing: ovals, smooth closed curves, bands along a line, convex hulls. */
import type { Outline } from './raster.ts';

/** An ellipse; `turn` in radians, clockwise as seen on the picture. */
export function oval(x: number, y: number, rx: number, ry: number, turn = 0, points = 28): Outline {
  const outline: number[] = [];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let p = 0; p < points; p++) {
    const angle = (2 * Math.PI * p) / points;
    const [a, b] = [rx * Math.cos(angle), ry * Math.sin(angle)];
    outline.push(x + a * cos - b * sin, y + a * sin + b * cos);
  }
  return outline;
}

/** The closed Catmull–Rom curve through the given corners, `steps` points from each to the next. */
export function smooth(corners: Outline, steps = 5): Outline {
  const count = corners.length / 2;
  const outline: number[] = [];
  const corner = (p: number, axis: number): number => corners[((p + count) % count) * 2 + axis] as number;
  for (let p = 0; p < count; p++)
    for (let s = 0; s < steps; s++)
      for (let axis = 0; axis < 2; axis++)
        outline.push(
          catmullRom(corner(p - 1, axis), corner(p, axis), corner(p + 1, axis), corner(p + 2, axis), s / steps),
        );
  return outline;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** A band about the quadratic curve from `a` to `c` that bends towards `b`; `widths` at its start, middle and end. */
export function band(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
  widths: readonly [number, number, number],
  steps = 10,
): Outline {
  const there: number[] = [];
  const back: number[] = [];
  for (let s = 0; s <= steps; s++) {
    const t = s / steps;
    const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    const x = p * a[0] + q * b[0] + r * c[0];
    const y = p * a[1] + q * b[1] + r * c[1];
    const dx = (1 - t) * (b[0] - a[0]) + t * (c[0] - b[0]);
    const dy = (1 - t) * (b[1] - a[1]) + t * (c[1] - b[1]);
    const half = (0.5 * (p * widths[0] + q * widths[1] + r * widths[2])) / Math.max(1e-9, Math.hypot(dx, dy));
    there.push(x - dy * half, y + dx * half);
    back.unshift(x + dy * half, y - dx * half);
  }
  return [...there, ...back];
}

/** The convex hull of points x₀, y₀, x₁, … (Andrew's monotone chain). */
export function hull(points: Outline): Outline {
  const sorted = Array.from({ length: points.length / 2 }, (_, p) => [points[2 * p], points[2 * p + 1]] as Pair).sort(
    (p, q) => p[0] - q[0] || p[1] - q[1],
  );
  return [...chain(sorted), ...chain(sorted.reverse())].flat();
}

type Pair = readonly [x: number, y: number];

/** One side of the hull, without its last point. */
function chain(sorted: readonly Pair[]): Pair[] {
  const side: Pair[] = [];
  for (const point of sorted) {
    while (side.length >= 2 && turn(side[side.length - 2] as Pair, side[side.length - 1] as Pair, point) <= 0)
      side.pop();
    side.push(point);
  }
  return side.slice(0, -1);
}

const turn = (a: Pair, b: Pair, c: Pair): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** The area that an outline encloses (the shoelace formula). */
export function area(outline: Outline): number {
  let twice = 0;
  const last = outline.length - 2;
  let x0 = outline[last] as number;
  let y0 = outline[last + 1] as number;
  for (let p = 0; p <= last; p += 2) {
    const x1 = outline[p] as number;
    const y1 = outline[p + 1] as number;
    twice += x0 * y1 - x1 * y0;
    x0 = x1;
    y0 = y1;
  }
  return Math.abs(twice) / 2;
}
