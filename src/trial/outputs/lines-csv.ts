/** Writes lines.csv of a method with G and E: D along the way from x̂ = G(E(x)) to x, where the pair-wise penalty acts. */

import { pointAt } from '../../base/points.ts';
import { csvLines } from '../../disk/csv.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';
import type { Probe, Weights } from '../probe.ts';
import { fiveDigits } from './rounding.ts';

const lines = 40;
const placesOnLine = 11;

/** Points that the lines are drawn between. */
type Ends = Required<Pick<EvaluationInputs, 'real' | 'encoded' | 'reconstructed'>>;

/** D on its way from x̂ to x. */
export interface AlongLines {
  /** Row-major `[lines · places, dim]`, line by line. */
  readonly x: Float32Array;
  /** D(x̃, E(x)), one a place. */
  readonly score: Float32Array;
  /** ∇ₓ̃ D(x̃, E(x)) · (x − x̂)/‖x − x̂‖ per data unit, one a place; NaN where x̂ is x. */
  readonly slope: Float64Array;
}

/** Over the first of the points. */
export async function alongLines(
  probe: Probe,
  weights: Weights,
  { real, encoded, reconstructed }: Ends,
): Promise<AlongLines> {
  const { dim } = real;
  const count = Math.min(lines, real.count);
  const places = count * placesOnLine;
  const x = new Float32Array(places * dim);
  const z = new Float32Array(places * encoded.dim);
  for (let place = 0; place < places; place++) {
    const line = Math.floor(place / placesOnLine);
    for (let axis = 0; axis < dim; axis++) {
      const [from, to] = [at(reconstructed.values, line * dim + axis), at(real.values, line * dim + axis)];
      x[place * dim + axis] = from + (to - from) * timeOf(place);
    }
    z.set(pointAt(encoded, line), place * encoded.dim);
  }
  const { score, gradient } = await probe.rate(weights, { x, z });
  if (gradient === undefined) throw new Error('internal: a discriminator of pairs has a gradient');
  const slope = Float64Array.from({ length: places }, (_, place) => {
    const line = Math.floor(place / placesOnLine);
    const way = Array.from(
      { length: dim },
      (_, axis) => at(real.values, line * dim + axis) - at(reconstructed.values, line * dim + axis),
    );
    const length = Math.hypot(...way);
    return way.reduce((sum, step, axis) => sum + (step / length) * at(gradient, place * dim + axis), 0);
  });
  return { x, score, slope };
}

/**
 * Columns: `line`, `t` (0 at x̂, 1 at x), `x0 …` the place, `score` and `slope` (empty where x̂ is x). `undefined` where the
 * method has no reconstructions.
 */
export async function linesCsv(probe: Probe, weights: Weights, inputs: EvaluationInputs): Promise<string | undefined> {
  const { real, encoded, reconstructed } = inputs;
  if (encoded === undefined || reconstructed === undefined) return undefined;
  const { x, score, slope } = await alongLines(probe, weights, { real, encoded, reconstructed });
  const { dim } = real;
  const rows = Array.from(slope, (value, place) => {
    const point = Array.from(x.subarray(place * dim, (place + 1) * dim), fiveDigits);
    const line = Math.floor(place / placesOnLine);
    return [line, timeOf(place), ...point, fiveDigits(at(score, place)), fiveDigits(value)];
  });
  const coordinates = Array.from({ length: dim }, (_, axis) => `x${axis}`);
  return csvLines([['line', 't', ...coordinates, 'score', 'slope'], ...rows]);
}

/** Tenths, exactly. */
const timeOf = (place: number): number => (place % placesOnLine) / (placesOnLine - 1);

/** Within the array: callers count by its length. */
const at = (values: Float32Array, index: number): number => values[index] as number;
