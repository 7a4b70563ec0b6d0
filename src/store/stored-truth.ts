/** Encodes and decodes what is known of data without reading any: dimensions, modes, the curve as a line of few points, or a box. */
import { z } from 'zod';
import { significant } from '../base/number-words.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { Curve } from '../datasets/dataset.ts';

const numbers = z.array(z.number());

export const truthSchema = z.object({
  dim: z.int().positive(),
  scale: z.number(),
  /** Of a mixture: centres row by row, a weight for each, and a Cholesky factor where each has a shape of its own. */
  modes: z
    .object({ centres: numbers, weights: numbers.min(1), std: z.number(), factors: numbers.exactOptional() })
    .exactOptional(),
  /** Of data with neither modes nor a curve: least and greatest coordinate in every dimension. */
  box: z.array(z.object({ low: z.number(), high: z.number() })).exactOptional(),
  /** `count` points at equal steps of the index along a line through fewer `points`, row by row. */
  curve: z.object({ points: numbers.min(2), count: z.int().min(2).max(1_000_000), std: z.number() }).exactOptional(),
});
export type StoredTruth = z.infer<typeof truthSchema>;

/** A curve is stored by so many points: between them it is straight to a small part of its σ. */
const most = 1_000;

export function encodeTruth({ dim, scale, modes, curve, box }: Truth): StoredTruth {
  return {
    dim,
    scale,
    ...(modes && {
      modes: {
        centres: [...modes.centres],
        weights: [...modes.weights],
        std: modes.std,
        ...(modes.factors && { factors: [...modes.factors] }),
      },
    }),
    ...(curve && { curve: { points: thinned(curve), count: curve.count, std: curve.std } }),
    ...(box && { box: [...box] }),
  };
}

/** The lists may be of any length in a file that was edited: what does not fit `dim` is as good as not there. */
export function decodeTruth({ dim, scale, modes, curve, box }: StoredTruth): Truth {
  return {
    dim,
    scale,
    ...(modes &&
      modes.centres.length === modes.weights.length * dim &&
      (modes.factors === undefined || modes.factors.length === modes.centres.length * dim) && {
        modes: {
          centres: Float64Array.from(modes.centres),
          weights: Float64Array.from(modes.weights),
          count: modes.weights.length,
          dim,
          std: modes.std,
          ...(modes.factors && { factors: Float64Array.from(modes.factors) }),
        },
      }),
    ...(box?.length === dim && { box }),
    ...(curve &&
      curve.points.length % dim === 0 &&
      curve.points.length >= 2 * dim && { curve: { ...refined(curve, dim), count: curve.count, dim, std: curve.std } }),
  };
}

function thinned({ points, count, dim }: Curve): number[] {
  const kept = Math.min(most, count);
  return Array.from({ length: kept * dim }, (_, at) => {
    const [row, axis] = [Math.floor(at / dim), at % dim];
    return significant(between(points, dim, (row * (count - 1)) / (kept - 1), axis), 8);
  });
}

function refined({ points, count }: { readonly points: readonly number[]; readonly count: number }, dim: number) {
  const last = points.length / dim - 1;
  const place = (at: number) => (Math.floor(at / dim) * last) / (count - 1);
  return { points: Float64Array.from({ length: count * dim }, (_, at) => between(points, dim, place(at), at % dim)) };
}

/** One coordinate of the line at a place between two of its points. */
function between(points: ArrayLike<number>, dim: number, place: number, axis: number): number {
  const below = Math.floor(place);
  const low = points[below * dim + axis] as number; // the place lies within the line
  const high = points[(below + 1) * dim + axis] ?? low;
  return low + (place - below) * (high - low);
}
