/** The share of points at each mode, where "at" is wide enough to see a generator that is on its way. */

import type { Points } from '../../base/points.ts';
import type { Modes } from '../../datasets/dataset.ts';
import { highQualityRadius, modeUnit, nearestModes, offsetFrom } from './nearest-modes.ts';

/**
 * How near a point must be to count as at a mode, in units of `modeUnit`, one number a mode: half the way to the nearest
 * other mode, and 3σ where that is more or where there is no other.
 */
export function modeReach(modes: Modes): Float64Array {
  const { centres, count, dim } = modes;
  const offset = new Float64Array(dim);
  return Float64Array.from({ length: count }, (_, mode) => {
    let nearest = 0;
    for (let other = 0; other < count; other++) {
      if (other === mode) continue;
      offsetFrom(modes, mode, centres, other * dim, offset);
      const distance = Math.hypot(...offset);
      if (nearest === 0 || distance < nearest) nearest = distance;
    }
    return Math.max(highQualityRadius * modeUnit(modes), nearest / 2);
  });
}

/** For each mode the share of `points` that are nearest to it and within its reach; the rest lies nowhere. `[modes.count]` */
export function modeShares(points: Points, modes: Modes): Float64Array {
  const { index, squaredDistance } = nearestModes(points, modes);
  const reach = modeReach(modes);
  const shares = new Float64Array(modes.count);
  index.forEach((mode, point) => {
    if (mode >= 0 && (squaredDistance[point] as number) <= (reach[mode] as number) ** 2)
      shares[mode] = (shares[mode] as number) + 1 / points.count;
  });
  return shares;
}
