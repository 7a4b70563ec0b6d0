/** Gives the learning curve of a metric over the seeds of a group: mean and range at each step. */
import { mean } from '../../base/statistics.ts';
import type { Group, ReportTrial } from '../report-data.ts';

export interface CurvePoint {
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

/** Finished trials, or, where a group has none, all that it has: what diverged is worth seeing too. */
export const shown = ({ done, trials }: Group): readonly ReportTrial[] => (done.length > 0 ? done : trials);

/** Ascending steps; a step counts the trials that have a number there. */
export function learningCurve(group: Group, metric: string): CurvePoint[] {
  const values = new Map<number, number[]>();
  for (const { history } of shown(group)) {
    for (const row of history) {
      const value = row.values[metric];
      if (value !== undefined && Number.isFinite(value)) values.set(row.step, [...(values.get(row.step) ?? []), value]);
    }
  }
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([step, at]) => ({
      step,
      mean: mean(at),
      low: Math.min(...at),
      high: Math.max(...at),
      seeds: at.length,
    }));
}
