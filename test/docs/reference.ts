/** The rows of results/reference, and what they cost: the numbers of every computed table. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mean } from '../../src/base/statistics.ts';
import { cellNumber, readCsv } from '../../src/disk/csv.ts';

export interface ReferenceRow {
  readonly method: string;
  readonly preset: string;
  readonly seed: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** The finished trials of an experiment in results/reference, in the order of its file; none where there is no file. */
export function referenceRows(root: string, experiment: string): readonly ReferenceRow[] {
  const file = join('results/reference', experiment, 'trials.csv');
  if (!existsSync(join(root, file))) return [];
  return readCsv(readFileSync(join(root, file), 'utf8'), file)
    .rows.filter((cells) => cells.get('status') === 'done')
    .map((cells) => ({
      method: cells.get('method') ?? '',
      preset: cells.get('preset') ?? '',
      seed: Number(cells.get('seed')),
      cells,
    }));
}

/** Whether the command line set nothing but the preset. */
export const isAsDeclared = (row: ReferenceRow): boolean => labelOf(row) === row.method;

/** `guided, guidance.variety 0`: the method and what was set for it. */
export function labelOf({ method, cells }: ReferenceRow, except?: string): string {
  const set = [...cells].filter(
    ([column, text]) =>
      /^[a-zA-Z]+\.\w+$/.test(column) && !column.startsWith('raw.') && column !== except && text !== '',
  );
  return [method, ...set.map(([column, text]) => `${column} ${text}`)].join(', ');
}

/** The values of a column, without the cells that are empty. */
export const valuesOf = (rows: readonly ReferenceRow[], column: string): readonly number[] =>
  rows.map(({ cells }) => cellNumber(cells.get(column) ?? '', column)).filter((value) => !Number.isNaN(value));

/** Mean seconds of a trial of the fastest and of the slowest method, as measured in results/reference. */
export function secondsATrial(
  rows: readonly ReferenceRow[],
): { readonly low: number; readonly high: number } | undefined {
  const methods = [...new Set(rows.map(({ method }) => method))];
  const seconds = methods.map((name) =>
    mean(
      valuesOf(
        rows.filter(({ method }) => method === name),
        'wallSeconds',
      ),
    ),
  );
  return seconds.length === 0 ? undefined : { low: Math.min(...seconds), high: Math.max(...seconds) };
}
