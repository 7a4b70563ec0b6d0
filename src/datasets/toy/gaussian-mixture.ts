/** Gaussians in any dimension, each with a weight and a σ or covariance of its own. */

import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { positive, scale } from '../../schema/fields.ts';
import { pointsKind } from '../data-kind.ts';
import { type Gaussian, gaussianModes } from '../gaussian-modes.ts';
import { mixture } from './mixture.ts';

const row = z.array(z.number()).min(1);

const mode = z.strictObject({
  centre: row,
  weight: positive.default(1),
  std: positive.optional(),
  covariance: z.array(row).min(1).optional(),
});

/** Numbers in the covariances of all modes together. */
const mostNumbers = 10_000_000;

/**
 * One mode at each `centre`, in the order given, in as many dimensions as a centre has coordinates. Weights are relative: a
 * mode's share of the mass is its weight over the sum of all, 1 where none is given. A mode has a σ (`std`, the same in every
 * dimension) or a `covariance` (row by row, data units squared); the `std` beside the modes is for those that say neither.
 *
 * ```ts
 * gaussianMixture({
 *   modes: [
 *     { centre: [0, 0, 0], weight: 3, std: 0.1 },
 *     { centre: [2, 0, 1], covariance: [[0.04, 0.03, 0], [0.03, 0.04, 0], [0, 0, 0.01]] },
 *   ],
 * });
 * ```
 *
 * @throws UsageError where two modes have one place, dimensions differ, or a covariance is not symmetric and positive definite.
 */
export const gaussianMixture = pointsKind({
  kind: 'gaussian-mixture',
  description: 'Gaussians in any dimension, each with a weight and a σ or a covariance of its own',
  settings: { modes: z.array(mode).min(1), std: positive.optional(), scale },
  has: ['modes'],
  modes: ({ modes }) => modes.length,
  make({ modes, std, scale }) {
    const dim = modes[0]?.centre.length ?? 1;
    if (modes.length * dim ** 2 > mostNumbers)
      throw new UsageError(
        `data.modes: expected at most ${mostNumbers} numbers of covariances, ${modes.length} modes of ${dim} dimensions have more`,
      );
    const gaussians = modes.map((one, index): Gaussian => {
      const path = `data.modes.${index}`;
      if (one.centre.length !== dim)
        throw new UsageError(
          `${path}.centre: expected ${dim} coordinates, as the first mode has, got ${one.centre.length}`,
        );
      if (one.std !== undefined && one.covariance !== undefined)
        throw new UsageError(`${path}: expected either std or covariance, got both`);
      const shape = one.covariance ?? one.std ?? std;
      if (shape === undefined)
        throw new UsageError(`${path}: expected std or covariance, or data.std for the modes without`);
      if (typeof shape === 'number') return { centre: one.centre, weight: one.weight, std: shape };
      return { centre: one.centre, weight: one.weight, covariance: square(shape, dim, `${path}.covariance`) };
    });
    return mixture(
      gaussianModes(gaussians, dim, (index) => `data.modes.${index}`),
      scale,
    );
  },
});

function square(rows: readonly (readonly number[])[], dim: number, path: string) {
  const other = rows.find((row) => row.length !== dim);
  if (rows.length === dim && other === undefined) return rows;
  throw new UsageError(`${path}: expected ${dim} × ${dim} numbers, got ${rows.length} × ${(other ?? rows[0])?.length}`);
}
