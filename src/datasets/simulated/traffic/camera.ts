/**
 * Surveillance camera: a pinhole on a mast above one corner of the intersection. World coordinates are in metres, x along
 * the main road, y along the side road, z up, with the origin where their centre lines cross.
 */
import { across, dot, type Place, unit } from './vectors.ts';

export interface Camera {
  readonly place: Place;
  readonly right: Place;
  readonly down: Place;
  readonly ahead: Place;
  /** Unit coordinates of the picture for each metre across, at a distance of one metre. */
  readonly zoom: number;
}

/** A camera at `place` that looks at `target`; `angle` is its field of view, radians. */
function pointed(place: Place, target: Place, angle: number): Camera {
  const ahead = unit([target[0] - place[0], target[1] - place[1], target[2] - place[2]]);
  const right = unit([ahead[1], -ahead[0], 0]);
  return { place, right, down: across(ahead, right), ahead, zoom: 0.5 / Math.tan(angle / 2) };
}

export const camera = pointed([10.4, -21, 17.4], [-0.7, 0.7, 0], 0.66);

/** Where the camera sees a place, unit coordinates. What is beside or behind it lies far outside the picture. */
export function project([x, y, z]: Place): readonly [x: number, y: number] {
  const from: Place = [x - camera.place[0], y - camera.place[1], z - camera.place[2]];
  const depth = Math.max(0.5, dot(from, camera.ahead));
  return [0.5 + (camera.zoom * dot(from, camera.right)) / depth, 0.5 + (camera.zoom * dot(from, camera.down)) / depth];
}

/** The places of an outline, seen. */
export function projected(places: readonly Place[]): number[] {
  return places.flatMap((place) => project(place));
}

/** What the camera sees of the ground at (u, v) of the picture: x, y and the distance; undefined above the horizon. */
export function groundAt(u: number, v: number): { x: number; y: number; distance: number } | undefined {
  const aside = (u - 0.5) / camera.zoom;
  const below = (v - 0.5) / camera.zoom;
  const ray = (axis: 0 | 1 | 2) => camera.ahead[axis] + aside * camera.right[axis] + below * camera.down[axis];
  const fall = ray(2);
  if (fall > -1e-3) return undefined;
  const distance = -camera.place[2] / fall;
  return { x: camera.place[0] + distance * ray(0), y: camera.place[1] + distance * ray(1), distance };
}
