/** Precision, recall, density and coverage: fidelity and variety apart, seen from nearest neighbours. */
import { areFinite, type Points } from '../../base/points.ts';
import { type Block, distancesBetween, distancesWithin } from '../numerics/pair-blocks.ts';

export interface Prdc {
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

/**
 * Each point has a ball that reaches to its k-th nearest neighbour in its own set (at most the count less one).
 *
 * - `precision`: share of fake points in at least one real ball; `recall`: of real points in at least one fake ball
 *   (Kynkäänniemi et al. 2019).
 * - `density`: real balls that a fake point is in, over k, mean of all; about 1 for a perfect sampler and not bounded by it.
 *   `coverage`: share of real balls with a fake point in them (Naeem et al. 2020).
 *
 * The surface belongs to the ball, as in Kynkäänniemi's equation (Naeem's code leaves it out: they differ for exact ties
 * alone). NaN for fewer than two points on either side and where a number is not finite.
 */
export function prdc(real: Points, fake: Points, k: number, realRadii = squaredRadii(real, k)): Prdc {
  if (real.count < 2 || fake.count < 2 || !areFinite(real) || !areFinite(fake))
    return { precision: Number.NaN, recall: Number.NaN, density: Number.NaN, coverage: Number.NaN };
  const fakeRadii = squaredRadii(fake, k);
  const precise = new Uint8Array(fake.count);
  const recalled = new Uint8Array(real.count);
  const covered = new Uint8Array(real.count);
  let together = 0;
  distancesBetween(real, fake, ({ values, row, rows, column, columns }) => {
    for (let i = 0; i < rows; i++) {
      const reach = realRadii[row + i] as number;
      for (let j = 0; j < columns; j++) {
        const squared = values[i * columns + j] as number;
        if (squared <= reach) {
          together++;
          precise[column + j] = 1;
          covered[row + i] = 1;
        }
        if (squared <= (fakeRadii[column + j] as number)) recalled[row + i] = 1;
      }
    }
  });
  return {
    precision: share(precise),
    recall: share(recalled),
    density: together / (Math.min(k, real.count - 1) * fake.count),
    coverage: share(covered),
  };
}

/** Marks the fake points that are in at least one real ball (`squaredRadii`): those that precision counts. `[fake.count]` */
export function inBalls(real: Points, realRadii: Float64Array, fake: Points): Uint8Array {
  const inside = new Uint8Array(fake.count);
  distancesBetween(real, fake, ({ values, row, rows, column, columns }) => {
    for (let i = 0; i < rows; i++) {
      const reach = realRadii[row + i] as number;
      for (let j = 0; j < columns; j++) if ((values[i * columns + j] as number) <= reach) inside[column + j] = 1;
    }
  });
  return inside;
}

/** Squared distance of every point to its k-th nearest other one; NaN where there are not as many. `[count]` */
export function squaredRadii(points: Points, k: number): Float64Array {
  const kept = Math.min(k, points.count - 1);
  const radii = new Float64Array(points.count).fill(Number.NaN);
  if (kept < 1) return radii;
  const nearest = new Float64Array(points.count * kept).fill(Number.POSITIVE_INFINITY);
  distancesWithin(points, (block) => takeIn(block, nearest, kept));
  for (let i = 0; i < points.count; i++) {
    const radius = nearest[(i + 1) * kept - 1] as number;
    if (radius < Number.POSITIVE_INFINITY) radii[i] = radius;
  }
  return radii;
}

/** Every pair of a block on or above the diagonal, for both its points. */
function takeIn({ values, row, rows, column, columns }: Block, nearest: Float64Array, kept: number): void {
  for (let i = 0; i < rows; i++)
    for (let j = row === column ? i + 1 : 0; j < columns; j++) {
      const squared = values[i * columns + j] as number;
      insert(nearest, (row + i) * kept, kept, squared);
      insert(nearest, (column + j) * kept, kept, squared);
    }
}

/** Puts a value into the ascending list of the `kept` smallest that starts at `from`; NaN is never small. */
function insert(nearest: Float64Array, from: number, kept: number, value: number): void {
  let at = from + kept - 1;
  if (!(value < (nearest[at] as number))) return;
  for (; at > from && (nearest[at - 1] as number) > value; at--) nearest[at] = nearest[at - 1] as number;
  nearest[at] = value;
}

const share = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
