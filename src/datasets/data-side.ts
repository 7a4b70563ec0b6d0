/** How far data reach along an axis. */
import type { Truth } from './data-kind.ts';
import type { Side } from './dataset.ts';
import { spreadAlong } from './gaussian-modes.ts';

/** Least and greatest coordinate of modes or of the curve, each with so many σ about it; of other data, their box. */
export function dataSide({ dim, modes, curve, box }: Truth, axis: number, sigmas: number): Side {
  if (modes) return around(modes.centres, dim, axis, (mode) => sigmas * spreadAlong(modes, mode, axis));
  if (curve) return around(curve.points, dim, axis, () => sigmas * curve.std);
  const side = box?.[axis];
  if (side === undefined) throw new Error('internal: data without modes, curve or box have no known region');
  return side;
}

function around(points: Float64Array, dim: number, axis: number, reach: (index: number) => number): Side {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < points.length / dim; index++) {
    const at = points[index * dim + axis] as number;
    low = Math.min(low, at - reach(index));
    high = Math.max(high, at + reach(index));
  }
  return { low, high };
}
