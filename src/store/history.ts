/** Encodes and decodes history.csv: a trial's learning curve, one row an evaluation. */

import { cellNumber, readCsv, writeCsv } from '../disk/csv.ts';
import type { Values } from '../metrics/evaluation-inputs.ts';

export interface HistoryRow {
  /** Training steps done when the row was taken. */
  readonly step: number;
  /** Losses and metrics by name; NaN where one is not defined. */
  readonly values: Values;
}

/** Names of all values, in the order in which they first appear. */
export function valueNames(rows: readonly HistoryRow[]): string[] {
  return [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
}

/** The text of history.csv. */
export function encodeHistory(rows: readonly HistoryRow[]): string {
  return writeCsv(
    ['step', ...valueNames(rows)],
    rows.map(({ step, values }) => ({ ...values, step })),
  );
}

/** The rows of a history.csv. Throws an error of one line that names `source` where it is not one. */
export function decodeHistory(text: string, source: string): HistoryRow[] {
  const { columns, rows } = readCsv(text, source);
  if (columns[0] !== 'step') throw new Error(`${source}: expected the first column to be step, got '${columns[0]}'`);
  return rows.map((row, index) => {
    const numberIn = (column: string): number =>
      cellNumber(row.get(column) ?? '', `${source}: row ${index + 1}, ${column}`);
    const step = numberIn('step');
    if (!Number.isSafeInteger(step) || step < 0)
      throw new Error(`${source}: row ${index + 1}: expected a step, got ${step}`);
    return { step, values: Object.fromEntries(columns.slice(1).map((column) => [column, numberIn(column)])) };
  });
}
