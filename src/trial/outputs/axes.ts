/** Chooses the grid on which a discriminator is shown: over the data's region, over latents, or over both. */

import { stream } from '../../base/random.ts';
import type { Truth } from '../../datasets/data-kind.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { FilmKind } from '../../methods/film-kind.ts';
import { priorCard } from '../../priors/prior.ts';
import type { Prior } from '../../priors/prior-kind.ts';
import { type Axis, gridSize, placeOn } from '../../store/film-file.ts';

/** Places on an axis, by how many axes the picture has; a pair (x, z) is looked at more closely than a plane. */
const places = { line: 201, plane: 41, pair: 61 } as const;

/** Beyond the data on every side, as a share of the region's larger side. */
const margin = 0.2;

/** What is known of where the data lie, and examples where nothing is. */
type Located = Truth & Pick<Dataset, 'sample'>;

export function axesOf(kind: FilmKind, dataset: Located, latent: Prior): Axis[] {
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
function sidesOf(dataset: Located): { low: number; high: number }[] {
  const { dim } = dataset;
  const { points, reach } = placesOf(dataset);
  const boxes = Array.from({ length: dim }, (_, axis) => {
    const along = points.filter((_, index) => index % dim === axis);
    return { low: Math.min(0, ...bounds(along, -reach)), high: Math.max(0, ...bounds(along, reach)) };
  });
  const more = margin * Math.max(...boxes.map(({ low, high }) => high - low));
  return boxes.map(({ low, high }) => ({ low: low - more, high: high + more }));
}

/** Points `[count, dim]` and how far the data reach beyond them: centres or a curve, else examples, the same for every seed. */
function placesOf({ modes, curve, sample }: Located): { points: Float64Array | Float32Array; reach: number } {
  if (modes) return { points: modes.centres, reach: 3 * modes.std };
  if (curve) return { points: curve.points, reach: 3 * curve.std };
  return { points: sample(stream(0, 'evaluation'), 2_500), reach: 0 };
}

/** Least and greatest of many numbers, moved by `offset`. */
function bounds(values: Float64Array | Float32Array, offset: number): [number, number] {
  const [least, most] = Array.from(values).reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  );
  return [least + offset, most + offset];
}
