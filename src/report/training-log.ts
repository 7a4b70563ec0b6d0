/** Gives a trial's log of training: losses.csv where there is one, else what evaluations noted in history.csv. */
import { loggedNames } from '../store/logged-columns.ts';
import type { ReportTrial } from './report-data.ts';

export interface TrainingLog {
  /** Ascending. */
  readonly steps: readonly number[];
  /** By name (lossD, scoreReal …), each as long as `steps`. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

export function trainingLog({ losses, history }: ReportTrial): TrainingLog {
  const steps = losses?.numbers.step;
  if (losses !== undefined && steps !== undefined && losses.count > 0) {
    const columns = loggedNames.flatMap((name) => {
      const values = losses.numbers[name];
      return values === undefined ? [] : [[name, [...values]] as const];
    });
    return { steps: [...steps], columns: Object.fromEntries(columns) };
  }
  const present = loggedNames.filter((name) => history.some(({ values }) => Number.isFinite(values[name])));
  return {
    steps: history.map(({ step }) => step),
    columns: Object.fromEntries(present.map((name) => [name, history.map(({ values }) => values[name] ?? Number.NaN)])),
  };
}
