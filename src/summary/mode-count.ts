/** Counts the modes that data have: of mixtures by their formula, of pictures by what the trials' classifier names. */
import { builtIn } from '../catalogue/catalogue.ts';
import type { SummaryTrial } from './groups.ts';

/**
 * Modes that the data of these trials has, which are trials of one setting; `undefined` where nobody can say. Of classes all
 * that are named; of attributes those that the data shows, for no others can be captured; where there are too many to be
 * named, as many as real examples show.
 */
export function modeCount(trials: readonly SummaryTrial[]): number | undefined {
  const [first] = trials;
  if (first === undefined) return undefined;
  const { measures } = first.record.spec;
  const { modes } = first.truth;
  if (modes) return modes.count;
  const cards = builtIn.cards.metrics.filter(({ kind }) => measures.some((measure) => measure.kind === kind));
  const areShown = cards.some(({ columns }) => columns.some(({ outOf }) => outOf === 'shown-modes'));
  for (const { modes: table } of trials) {
    const { real } = table?.numbers ?? {};
    if (table && real) return areShown ? real.filter((share) => share > 0).length : table.count;
  }
  const seen = trials.flatMap(({ record: { metrics } }) => [metrics.modesCapturedReal, metrics.modesCaptured]);
  const known = seen.filter((count) => count !== undefined && Number.isFinite(count));
  return trials.some(({ record }) => record.metrics.modesCapturedReal !== undefined) && known.length > 0
    ? Math.max(...(known as number[])) // undefined is filtered out
    : undefined;
}
