/** One tidy table of an experiment: a row an evaluation of a trial, a column a variable. */
import { writeCsv } from '../../disk/csv.ts';
import type { ReportData, ReportTrial } from '../../report/report-data.ts';

export type Cell = string | number | undefined;

export interface TidyTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

const first = ['experiment', 'method', 'seed', 'preset', 'trial', 'status', 'label'] as const;

/**
 * Columns: what the trial is (`label` tells its group), the swept values under their dotted names, `step`, `final` (1 in a
 * trial's last row), and every loss and metric. Shares are fractions. A trial of which the table alone is left has its last row.
 */
export function tidyTable({ experiment, groups, swept }: ReportData): TidyTable {
  const rows = groups.flatMap(({ method, preset, label, settings, trials }) =>
    trials.flatMap((trial) => {
      const { record, seed } = trial;
      const given = Object.entries(settings).map(([path, value]) => [path, plain(value)] as const);
      const who = { experiment, method, seed, preset, trial: record.id, status: record.status, label };
      return evaluations(trial).map(({ step, values, final }) => ({
        ...who,
        ...Object.fromEntries(given),
        step,
        final: Number(final),
        ...values,
      }));
    }),
  );
  const measured = new Set(rows.flatMap((row) => Object.keys(row)));
  for (const name of [...first, ...swept, 'step', 'final']) measured.delete(name);
  return { columns: [...first, ...swept, 'step', 'final', ...measured], rows };
}

export interface Evaluation {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
  readonly final: boolean;
}

/** A trial's evaluations by step; the last are its record's values. */
export function evaluations({ record, history }: Pick<ReportTrial, 'record' | 'history'>): Evaluation[] {
  const before = history.filter(({ step }) => step < record.steps);
  const last = { step: record.steps, values: record.metrics, final: true };
  return [...before.map((row) => ({ ...row, final: false })), last];
}

const plain = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number'
    ? value
    : value === undefined
      ? undefined
      : JSON.stringify(value);

export const tidyCsv = ({ columns, rows }: TidyTable): string => writeCsv(columns, rows);

/** Whether every value of a column is a number or missing. */
export const isNumeric = ({ rows }: TidyTable, column: string): boolean =>
  rows.every((row) => typeof row[column] !== 'string');
