/** Formats what filming cost. */

import { plural } from '../../base/number-words.ts';
import type { TrialRecord } from '../../store/record.ts';
import { decimal } from '../screen/format.ts';

/** One line, or none where nothing was filmed. A trial that was interrupted counts what its last sitting filmed. */
export function filmLines(records: readonly TrialRecord[]): string[] {
  const filmed = records.filter(({ timings }) => timings.film !== undefined);
  if (filmed.length === 0) return [];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = sum(filmed.map(({ timings }) => timings.film ?? 0));
  const share = seconds / sum(filmed.map(({ wallSeconds }) => wallSeconds));
  const cost = `${decimal(seconds / filmed.length, 1)} s a trial, ${decimal(share * 100, 0)} % of its time`;
  return [`Films: ${plural(filmed.length, 'trial')}, ${cost} (film.json in the trial's folder)`];
}
