/** Gives the learning curve of a metric over the seeds of a group: its statistic at each step. */
import { Statistic } from '../../summary/statistics.ts';
import type { Group, ReportTrial } from '../report-data.ts';

export interface CurvePoint {
  readonly at: number;
  readonly found: Statistic;
}

/** Finished trials, or, where a group has none, all that it has: what diverged is worth seeing too. */
export const shown = ({ done, trials }: Group): readonly ReportTrial[] => (done.length > 0 ? done : trials);

/** Ascending steps; a step counts the trials that were evaluated there. Empty where no trial has a number anywhere. */
export function learningCurve(group: Group, metric: string): CurvePoint[] {
  const values = new Map<number, number[]>();
  for (const { history } of shown(group)) {
    for (const row of history) {
      const value = row.values[metric];
      if (value !== undefined) values.set(row.step, [...(values.get(row.step) ?? []), value]);
    }
  }
  if (![...values.values()].flat().some(Number.isFinite)) return [];
  return [...values].sort(([a], [b]) => a - b).map(([at, scores]) => ({ at, found: new Statistic(scores) }));
}
