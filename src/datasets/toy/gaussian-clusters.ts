/** Gaussians at given centres in the plane, all of the same weight. */

import { UsageError } from '../../base/usage-error.ts';
import type { DataSpec } from '../../schema/spec.ts';
import type { Dataset } from '../dataset.ts';
import { equalWeights, mixture } from './mixture.ts';

/**
 * One mode at each of `centres`, in the order given.
 *
 * @throws UsageError where two modes have one place: they could never both be captured.
 */
export function gaussianClusters(spec: Extract<DataSpec, { kind: 'gaussian-clusters' }>): Dataset {
  const { centres, std, scale } = spec;
  const places = centres.map((centre) => centre.join(', '));
  const repeated = places.find((place, index) => places.indexOf(place) < index);
  if (repeated !== undefined)
    throw new UsageError(`data.centres: expected places that differ, got [${repeated}] twice`);
  const count = centres.length;
  return mixture(
    { centres: Float64Array.from(centres.flat()), count, dim: 2, std, weights: equalWeights(count) },
    scale,
  );
}
