/** Gaussians at given centres in the plane, all of the same weight. */

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
export const gaussianClusters = pointsKind({
  kind: 'gaussian-clusters',
  description: 'two-dimensional Gaussians at the given centres, [x, y] each',
  settings: { centres: z.array(z.array(z.number()).length(2)).min(1), std: positive, scale },
  has: ['modes'],
  make({ centres, std, scale }) {
    const places = centres.map((centre) => centre.join(', '));
    const repeated = places.find((place, index) => places.indexOf(place) < index);
    if (repeated !== undefined)
      throw new UsageError(`data.centres: expected places that differ, got [${repeated}] twice`);
    const count = centres.length;
    return mixture(
      { centres: Float64Array.from(centres.flat()), count, dim: 2, std, weights: equalWeights(count) },
      scale,
    );
  },
});
