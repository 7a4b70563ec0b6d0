/** Chooses the grid on which a discriminator is shown: over the data's region, over latents, or over both. */

import type { Truth } from '../../datasets/data-kind.ts';
import { dataSide } from '../../datasets/data-side.ts';
import type { Side } from '../../datasets/dataset.ts';
import type { FilmKind } from '../../methods/film-kind.ts';
import { priorCard } from '../../priors/prior.ts';
import type { Prior } from '../../priors/prior-kind.ts';
import { type Axis, gridSize, placeOn } from '../../store/film-file.ts';

/** Places on an axis, by how many axes the picture has; a pair (x, z) is looked at more closely than a plane. */
const places = { line: 201, plane: 41, pair: 61 } as const;

/** Beyond the data on every side, as a share of the region's larger side. */
const margin = 0.2;

export function axesOf(kind: FilmKind, dataset: Truth, latent: Prior): Axis[] {
  const sides = sidesOf(dataset);
  const data = (count: number) => sides.map((side, index) => ({ name: `x${index}`, ...side, count }));
  const latents = (count: number) =>
    Array.from({ length: latent.dim }, (_, index) => ({ name: `z${index}`, ...latentRange(latent), count }));
  switch (kind) {
    case '1d':
      return data(places.line);
    case '2d':
      return data(places.plane);
    case '1d-xz':
      return [...data(places.pair), ...latents(places.pair)];
    case 'z':
      return latents(latent.dim === 1 ? places.line : places.plane);
    default:
      return kind satisfies never;
  }
}

/** Every place of a grid, row-major `[places, axes]`, the last axis fastest. */
export function gridPoints(axes: readonly Axis[]): Float32Array {
  const count = gridSize(axes);
  const points = new Float32Array(count * axes.length);
  for (let index = 0; index < count; index++) {
    let rest = index;
    for (let at = axes.length - 1; at >= 0; at--) {
      const axis = axes[at] as Axis; // within the list
      points[index * axes.length + at] = placeOn(axis, rest % axis.count);
      rest = Math.floor(rest / axis.count);
    }
  }
  return points;
}

/** Where nearly all of a prior's mass lies, and a little beyond: E(x) may leave the prior. */
export const latentRange = (latent: Prior, beyond = 0.25): { readonly low: number; readonly high: number } =>
  priorCard(latent).around(latent, beyond);

/** The box about the data and about the origin, where G starts, with a margin. Data units. */
function sidesOf(truth: Truth): Side[] {
  const boxes = Array.from({ length: truth.dim }, (_, axis) => {
    const { low, high } = dataSide(truth, axis, 3);
    return { low: Math.min(0, low), high: Math.max(0, high) };
  });
  const more = margin * Math.max(...boxes.map(({ low, high }) => high - low));
  return boxes.map(({ low, high }) => ({ low: low - more, high: high + more }));
}
