/** Writes landscape.csv of a trial on points: D at the end of the training on a grid, and its gradient there. */

import { csvLines } from '../../disk/csv.ts';
import type { FilmKind } from '../../methods/film-kind.ts';
import type { Axis } from '../../store/film-file.ts';
import type { Probe, Rating, Weights } from '../probe.ts';
import { gridPoints } from './axes.ts';
import { fiveDigits } from './rounding.ts';

/**
 * Columns: the grid's axes (`x0`, `x1`, `z0` …, the last one fastest), `score` (D's logit; D(x, E(x)) where D sees pairs
 * and z is no axis), and for `1d` and `2d` `g0 …`, D's gradient with respect to x, z held constant, per data unit.
 */
export async function landscapeCsv(
  probe: Probe,
  weights: Weights,
  kind: FilmKind,
  axes: readonly Axis[],
): Promise<string> {
  const points = gridPoints(axes);
  const { score, gradient } = await rateGrid(probe, weights, kind, points);
  const width = axes.length;
  const drawn = kind === '1d' || kind === '2d' ? gradient : undefined;
  const lines = Array.from(score, (value, index) => {
    const row = (of: Float32Array) => Array.from(of.subarray(index * width, (index + 1) * width), fiveDigits);
    return [...row(points), fiveDigits(value), ...(drawn ? row(drawn) : [])];
  });
  const gradients = drawn ? axes.map((_, index) => `g${index}`) : [];
  return csvLines([[...axes.map(({ name }) => name), 'score', ...gradients], ...lines]);
}

/** D on the points of a grid, `[places, axes]`, by what its axes are. */
export function rateGrid(probe: Probe, weights: Weights, kind: FilmKind, points: Float32Array): Promise<Rating> {
  switch (kind) {
    case '1d':
    case '2d':
      return probe.rateData(weights, points);
    case '1d-xz':
      return probe.rate(weights, {
        x: points.filter((_, index) => index % 2 === 0),
        z: points.filter((_, index) => index % 2 === 1),
      });
    case 'z':
      return probe.rate(weights, { z: points });
    default:
      return kind satisfies never;
  }
}
