/** Columns of an experiment's own metrics: one line for each way of getting them wrong. */
import { expect, test } from 'vitest';
import { checkColumns } from '../../src/experiment/check-columns.ts';
import type { ColumnInfo } from '../../src/schema/column-info.ts';

const good = { name: 'spread', title: 'spread', unit: 'number', digits: 2 } as const;
const check = (...columns: readonly object[]) =>
  checkColumns({ kind: 'own', columns: columns as readonly ColumnInfo[] });

test('columns that say what they are', () => {
  expect(() =>
    check(good, { ...good, name: 'spread2', better: 'less', terminal: { head: ['spread'], rank: 1 } }),
  ).not.toThrow();
});

test.each([
  [[{ ...good, unit: 'percent' }], "metric own: columns.0.unit: expected count, share or number, got 'percent'"],
  [[good, { ...good, name: 'b', tilte: 'B' }], "columns.1: unknown key 'tilte'; did you mean 'title'?"],
  [[{ ...good, name: 'seed' }], "metric own: columns.0.name: every trial has a column 'seed': give yours another name"],
  [[{ ...good, name: 'lossD' }], "every trial has a column 'lossD'"],
  [[{ ...good, name: 'spreadReal' }], "expected letters and digits that do not end with Real, got 'spreadReal'"],
  [[{ ...good, name: 'raw.spread' }], "got 'raw.spread'"],
])('%j is refused', (columns, line) => {
  expect(() => check(...columns)).toThrow(line);
});
