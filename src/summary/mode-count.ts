/** Says what columns can reach at most: of how many modes a count is, what share a perfect sampler has. */

import type { Truth } from '../datasets/data-kind.ts';
import { expectedModes, minorModes } from '../metrics/numerics/expected-modes.ts';
import { highQualityCeiling } from '../metrics/numerics/nearest-modes.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { realOf } from './column-info.ts';
import type { SummaryTrial } from './groups.ts';

/**
 * Modes that a column counts, in trials of one setting; `undefined` where it counts none, or nobody can say. Of mixtures all;
 * of classes all that are named; of attributes those that the data shows, for no others can be captured; where there are too
 * many to be named, as many as real examples show.
 */
export function modeCount(trials: readonly SummaryTrial[], { name, outOf }: ColumnInfo): number | undefined {
  const [first] = trials;
  if (first === undefined || outOf === undefined) return undefined;
  const { modes } = first.truth;
  if (modes) return outOf === 'minor-modes' ? minorModes(modes).length : modes.count;
  for (const { modes: table } of trials) {
    const { real } = table?.numbers ?? {};
    if (table && real) return outOf === 'shown-modes' ? real.filter((share) => share > 0).length : table.count;
  }
  const counts = (column: string) => trials.flatMap(({ record: { metrics } }) => metrics[column] ?? []);
  const ofReal = counts(realOf(name));
  const seen = [...ofReal, ...counts(name)].filter(Number.isFinite);
  return ofReal.length > 0 && seen.length > 0 ? Math.max(...seen) : undefined;
}

/** What a perfect sampler reaches in a column with so many samples, where its card says so. */
export function ceilingOf({ ceiling }: ColumnInfo, { modes }: Truth, samples: number): number | undefined {
  if (ceiling === undefined || modes === undefined) return undefined;
  return ceiling === 'three-sigma' ? highQualityCeiling(modes.dim) : expectedModes(modes, samples, ceiling);
}
