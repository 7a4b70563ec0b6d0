/** Gives figures of the latent space the prior's bounds, and a colour for every mode or stretch of the data. */
import type { Truth } from '../../datasets/data-kind.ts';
import { priorCard } from '../../priors/prior.ts';
import type { Prior, Range } from '../../priors/prior-kind.ts';
import { wheelColour } from '../../summary/palette.ts';
import type { ReportTrial } from '../report-data.ts';
import { cell, rowsOf } from './plane.ts';

/** Where nearly all of the prior lies, with a margin for codes outside it. */
export function latentExtent(latent: Prior): Range {
  const card = priorCard(latent);
  return card.around(latent, card.bounds(latent) ? 0.2 : 0.375);
}

/** The prior's density in one dimension. */
export const priorDensity = (latent: Prior, z: number): number => priorCard(latent).density(latent, z);

/** Whether real points of a trial have codes. */
export function isEncoded({ samples }: ReportTrial): boolean {
  const [row] = rowsOf(samples, 'real', 1);
  return samples !== undefined && row !== undefined && Number.isFinite(cell(samples, 'z0', row));
}

/** Pieces that a curve's points are coloured in. */
const pieces = 32;

/** A colour for each class of points: neighbours in the data are neighbours in colour. */
export interface Classes {
  readonly colours: readonly string[];
  /** The class of a point of the data; −1 for none. */
  readonly of: (point: readonly number[], mode: number) => number;
}

/** In the plane by direction from the middle (hue) and distance (depth); on a line by place; along a curve by length. */
export function classesOf({ modes, curve, dim }: Truth): Classes {
  if (curve) {
    return {
      colours: Array.from({ length: pieces }, (_, piece) => wheelColour((0.85 * piece) / pieces, 0.4)),
      of: (point) => Math.floor((nearestIndex(curve.points, dim, point) * pieces) / curve.count),
    };
  }
  if (modes === undefined) return { colours: [], of: () => -1 };
  const colours = Array.from({ length: modes.count }, (_, mode) => {
    if (dim !== 2) return wheelColour((0.85 * mode) / modes.count, mode % 2);
    const [x, y] = [modes.centres[mode * 2] as number, modes.centres[mode * 2 + 1] as number];
    return wheelColour(Math.atan2(y, x) / (2 * Math.PI) + 0.5, Math.hypot(x, y) / furthest(modes.centres));
  });
  return { colours, of: (_, mode) => mode };
}

function furthest(centres: Float64Array): number {
  let most = 1e-12;
  for (let at = 0; at < centres.length; at += 2)
    most = Math.max(most, Math.hypot(centres[at] as number, centres[at + 1] as number));
  return most;
}

function nearestIndex(points: Float64Array, dim: number, point: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < points.length; at += dim) {
    let squared = 0;
    for (let axis = 0; axis < dim; axis++) squared += ((points[at + axis] as number) - (point[axis] as number)) ** 2;
    if (squared < least) {
      least = squared;
      best = at / dim;
    }
  }
  return best;
}
