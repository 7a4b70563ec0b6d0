/** Makes modes of points in the plane: k-means from centres that lie far apart. The same points give the same modes. Pure. */
import type { DrawnMode } from './course.ts';

export type Point = readonly [x: number, y: number];

const rounds = 100;
/** A mode of one point has a σ of this share of the points' extent. */
const least = 0.01;

/** One mode for each of at most `count` clusters, with the mean, the σ and the share of its points. */
export function clusters(points: readonly Point[], count: number): DrawnMode[] {
  let centres = farApart(points, count);
  let members = nearestTo(points, centres);
  for (let round = 0; round < rounds; round++) {
    const moved = members.map((own, at) => (own.length === 0 ? (centres[at] as Point) : meanOf(own)));
    const isStill = moved.every(([x, y], at) => x === centres[at]?.[0] && y === centres[at]?.[1]);
    centres = moved;
    members = nearestTo(points, centres);
    if (isStill) break;
  }
  const smallest = least * Math.max(1e-6, ...points.map((point) => distance(point, points[0] ?? point)));
  return members.flatMap((own): DrawnMode[] => {
    if (own.length === 0) return [];
    const [x, y] = meanOf(own);
    const variance = own.reduce((sum, point) => sum + distance(point, [x, y]) ** 2, 0) / (2 * own.length);
    return [{ x, y, std: Math.max(smallest, Math.sqrt(variance)), weight: own.length }];
  });
}

/** The first point, then always the one that is farthest from those before. */
function farApart(points: readonly Point[], count: number): Point[] {
  const [first] = points;
  const chosen: Point[] = first ? [first] : [];
  while (chosen.length < Math.min(count, points.length)) {
    const away = points.map((point) => Math.min(...chosen.map((other) => distance(point, other))));
    const most = Math.max(...away);
    const next = points[away.indexOf(most)];
    if (next === undefined || most === 0) break;
    chosen.push(next);
  }
  return chosen;
}

function nearestTo(points: readonly Point[], centres: readonly Point[]): Point[][] {
  const members: Point[][] = centres.map(() => []);
  for (const point of points) {
    const away = centres.map((centre) => distance(point, centre));
    members[away.indexOf(Math.min(...away))]?.push(point);
  }
  return members;
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const meanOf = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** Points of a pasted text: two numbers a line, what stands behind them left out; lines without two are no points. */
export function pointsIn(text: string): Point[] {
  return text.split('\n').flatMap((line): Point[] => {
    const [x = Number.NaN, y = Number.NaN] = line
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map(Number);
    return Number.isFinite(x) && Number.isFinite(y) ? [[x, y]] : [];
  });
}
