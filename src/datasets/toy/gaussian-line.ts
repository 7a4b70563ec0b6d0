/** Gaussians on the real line, all of the same weight. */

import { UsageError } from '../../base/usage-error.ts';
import type { DataSpec } from '../../schema/spec.ts';
import type { Dataset } from '../dataset.ts';
import { equalWeights, mixture } from './mixture.ts';

/**
 * One mode at each of `centres`, in the order given.
 *
 * @throws UsageError where two modes have one place: they could never both be captured.
 */
export function gaussianLine(spec: Extract<DataSpec, { kind: 'gaussian-line' }>): Dataset {
  const { centres, std, scale } = spec;
  const repeated = centres.find((centre, i) => centres.indexOf(centre) !== i);
  if (repeated !== undefined) throw new UsageError(`data.centres: expected places that differ, got ${repeated} twice`);
  const count = centres.length;
  return mixture({ centres: Float64Array.from(centres), count, dim: 1, std, weights: equalWeights(count) }, scale);
}
