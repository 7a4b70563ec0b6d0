/** Gaussians on the real line, all of the same weight. */

import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { positive, scale } from '../../schema/fields.ts';
import { pointsKind } from '../data-kind.ts';
import { equalWeights, mixture } from './mixture.ts';

/**
 * One mode at each of `centres`, in the order given.
 *
 * @throws UsageError where two modes have one place: they could never both be captured.
 */
export const gaussianLine = pointsKind({
  kind: 'gaussian-line',
  description: 'one-dimensional Gaussians at the given centres',
  settings: { centres: z.array(z.number()).min(1), std: positive, scale },
  has: ['modes'],
  make({ centres, std, scale }) {
    const repeated = centres.find((centre, i) => centres.indexOf(centre) !== i);
    if (repeated !== undefined)
      throw new UsageError(`data.centres: expected places that differ, got ${repeated} twice`);
    const count = centres.length;
    return mixture({ centres: Float64Array.from(centres), count, dim: 1, std, weights: equalWeights(count) }, scale);
  },
});
