/** Distance between the generated distribution and the data's, seen along random directions. */
import type { Points } from '../base/points.ts';
import type { Random } from '../base/random.ts';
import { count } from '../schema/fields.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { sortFloats, sortScratch } from './numerics/sort-floats.ts';

/**
 * - `slicedW2`, data units: √(mean over `projections` random directions θ of W₂²(θ·G(z), θ·x)), where W₂² of two samples of
 *   equal size on a line is the mean squared difference of their sorted values.
 *
 * It is the root of the mean square; some codes average W₂ or W₁ over the directions. In one dimension it is W₂ itself. A
 * sample of the data against another is not at 0 but at its sampling noise. NaN where a sample is.
 */
export function slicedWassersteinValues({ generated, real, random }: EvaluationInputs, projections: number): Values {
  if (generated === undefined) return {};
  const { count, dim } = real;
  if (generated.count !== count || generated.dim !== dim)
    throw new Error(
      `internal: slicedWasserstein expects alike samples, got [${generated.count}, ${generated.dim}] and [${count}, ${dim}]`,
    );
  const directions = directionsOf(random(), dim, projections);
  const theirs = sortedSlices(real, directions);
  const ours = new Float32Array(count);
  const scratch = sortScratch(count);
  let total = 0;
  directions.forEach((direction, slice) => {
    sortFloats(project(generated, direction, ours), scratch);
    total = plusSquares(total, ours, theirs[slice] as Float32Array); // one for each direction
  });
  return { slicedW2: Math.sqrt(total / (directions.length * count)) };
}

/** `total` + Σ (aᵢ − bᵢ)², added up one after another. */
function plusSquares(total: number, a: Float32Array, b: Float32Array): number {
  let sum = total;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}

const directionsOf = (random: Random, dim: number, projections: number): Float64Array[] =>
  dim === 1 ? [Float64Array.of(1)] : Array.from({ length: projections }, () => unitVector(random, dim));

/** A trial is held against the same data along the same directions at every evaluation: half of the sorting, done once. */
const remembered = new WeakMap<
  Points,
  { readonly directions: readonly Float64Array[]; readonly slices: Float32Array[] }
>();

function sortedSlices(points: Points, directions: readonly Float64Array[]): Float32Array[] {
  const known = remembered.get(points);
  if (known !== undefined && sameDirections(known.directions, directions)) return known.slices;
  const scratch = sortScratch(points.count);
  const slices = directions.map((direction) =>
    sortFloats(project(points, direction, new Float32Array(points.count)), scratch),
  );
  remembered.set(points, { directions, slices });
  return slices;
}

const sameDirections = (a: readonly Float64Array[], b: readonly Float64Array[]): boolean =>
  a.length === b.length && a.every((direction, index) => direction.every((value, axis) => value === b[index]?.[axis]));

/** A direction, uniform on the sphere. */
function unitVector(random: Random, dim: number): Float64Array {
  const vector = new Float64Array(dim);
  for (let d = 0; d < dim; d++) vector[d] = random.normal();
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function project({ values, count, dim }: Points, direction: Float64Array, into: Float32Array): Float32Array {
  for (let i = 0; i < count; i++) {
    let dot = 0;
    for (let d = 0; d < dim; d++) dot += (values[i * dim + d] as number) * (direction[d] as number);
    into[i] = dot;
  }
  return into;
}

/** Sliced Wasserstein-2 distance to fresh data. */
export const slicedWasserstein = defineMetric({
  kind: 'sliced-wasserstein',
  description: 'sliced Wasserstein-2 distance between samples and fresh data, data units',
  source: 'Bonneel et al. 2015, Sliced and Radon Wasserstein Barycenters of Measures',
  settings: { projections: count },
  columns: [
    {
      name: 'slicedW2',
      title: 'sliced W2',
      unit: 'number',
      digits: 2,
      better: 'less',
      role: 'distance',
      place: 80,
      terminal: { head: ['sliced', 'W2'], rank: 5, place: 275 },
    },
  ],
  compute: (inputs, { projections }) => slicedWassersteinValues(inputs, projections),
});
