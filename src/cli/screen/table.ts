/** Formats the result table: methods (and swept values) × metrics, as wide as the terminal allows. */

import { groupBy } from '../../base/collections.ts';
import { none } from '../../base/number-words.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { lagsBehind } from '../../summary/average.ts';
import { builtInColumns, type Columns, realOf } from '../../summary/column-info.ts';
import { bareText, partText, worstText } from '../../summary/number-format.ts';
import { settingsOf } from '../../summary/origins.ts';
import { judgingHash, realName } from '../../summary/real-data.ts';
import type { Statistic } from '../../summary/statistics.ts';
import type { Row } from '../../summary/summarise.ts';
import { decimal } from './format.ts';
import { plainTable } from './plain-table.ts';
import { type TerminalColumn, terminalColumns } from './table-columns.ts';
import { shortPath, valueText } from './trial-text.ts';

interface Column {
  readonly head: readonly string[];
  readonly cell: (row: Row) => string;
  /** What stands in the row of real data, of which `rows` are all judged by the same; '' where nothing does. */
  readonly real?: (rows: readonly Row[]) => string;
  /** Whether any of them says what real data score here. */
  readonly isOfReal?: (rows: readonly Row[]) => boolean;
  readonly align: 'left' | 'right';
  /** Columns of high rank are left out first where room is short; those of rank -1 never. */
  readonly rank: number;
}

const gap = 2;

/** Lines of at most `width` columns (more only where even the indispensable ones do not fit). */
export function resultTable(
  rows: readonly Row[],
  varied: readonly string[],
  width: number,
  described: Columns = builtInColumns,
): string {
  const columns = fit(rows, allColumns(rows, varied, described), width);
  const lines = linesOf(rows, columns);
  const tall = Math.max(...columns.map(({ head }) => head.length));
  const heads = Array.from({ length: tall }, (_, line) =>
    columns.map(({ head }) => head[line - tall + head.length] ?? ''),
  );
  const rule = columns.map((column, at) => '─'.repeat(columnWidth(column, lines, at)));
  return plainTable(
    [...heads, rule, ...lines],
    columns.map(({ align }) => align),
  );
}

/** A line a row; then what real data score, once for each setting of data, scorer and evaluation. */
function linesOf(rows: readonly Row[], columns: readonly Column[]): string[][] {
  const settings = groupBy(rows, ({ example }) => judgingHash(settingsOf(example)));
  const withReal = [...settings.values()].filter((members) => columns.some(({ isOfReal }) => isOfReal?.(members)));
  return [
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
    ...withReal.map((members) => columns.map(({ real }) => real?.(members) ?? '')),
  ];
}

/** Modes of the data that a row's trials had; `undefined` where the data is no mixture. */
function modesOf(row: Row): number | undefined {
  return row.truth.modes?.count;
}

/** The leading metric: the first that judges any row. Its worst seed counts. */
export const leadingColumn = (rows: readonly Row[], described: Columns): ColumnInfo | undefined =>
  columnsIn(rows, described)[0];

const columnsIn = (rows: readonly Row[], described: Columns): TerminalColumn[] =>
  terminalColumns(
    rows.flatMap(({ metrics }) => Object.keys(metrics)),
    described,
    rows.some(({ example }) => lagsBehind(example.spec)),
  );

function allColumns(rows: readonly Row[], varied: readonly string[], described: Columns): Column[] {
  const infos = columnsIn(rows, described);
  const [lead] = infos;
  const seedCounts = new Set(rows.map(({ done, diverged, failed }) => `${done} ${diverged} ${failed}`));
  const lost = (['diverged', 'failed'] as const).filter((status) => rows.some((row) => row[status] > 0));
  return [
    { head: ['method'], cell: ({ method }) => method, real: () => realName, align: 'left', rank: -1 },
    ...varied.map(
      (path): Column => ({
        head: headOf(path, varied),
        cell: (row) => (path in row.varied ? valueText(row.varied[path]) : none),
        real: (same) => sharedText(same, path),
        align: 'right',
        rank: -1,
      }),
    ),
    ...(seedCounts.size > 1 ? [countColumn('seeds', ({ done }) => done)] : []),
    ...lost.map((status) => countColumn(status, (row) => row[status])),
    ...infos.flatMap((info) => [
      metricColumn(info, rows, info === lead && info.outOf !== undefined),
      ...(info === lead ? [worstColumn(info)] : []),
    ]),
    { head: ['s a', 'trial'], cell: ({ secondsATrial }) => decimal(secondsATrial, 1), align: 'right', rank: 4.5 },
  ];
}

/** The last part of the path, or as much as tells two paths apart. */
function headOf(path: string, varied: readonly string[]): string[] {
  const short = shortPath(path);
  return varied.some((other) => other !== path && shortPath(other) === short) ? path.split('.').slice(-2) : [short];
}

/** A varied value that all of them have, where it says which data they are of. */
function sharedText(rows: readonly Row[], path: string): string {
  const values = new Set(rows.map(({ varied }) => JSON.stringify(varied[path])));
  return values.size === 1 && /^(data|origin)\./.test(path) ? valueText(rows[0]?.varied[path]) : '';
}

function countColumn(title: string, count: (row: Row) => number): Column {
  return { head: [title], cell: (row) => String(count(row)), align: 'right', rank: -1 };
}

/** `counted`: modes are told of how many, in the head where that is the same in every row. */
function metricColumn(info: TerminalColumn, rows: readonly Row[], counted: boolean): Column {
  const { head, rank } = info;
  const of = counted ? commonModes(rows) : undefined;
  return {
    head: of ? [`${head[0]}`, `of ${of}`] : head,
    cell: (row) => {
      const statistic = row.metrics[info.name];
      if (!statistic) return none;
      const modes = counted && !of ? modesOf(row) : undefined;
      return `${cellText(statistic, info)}${modes === undefined ? '' : `/${modes}`}`;
    },
    isOfReal: (same) => same.some(({ metrics }) => metrics[realOf(info.name)]),
    real: (same) => {
      const found = same.flatMap(({ metrics }) => metrics[realOf(info.name)] ?? []);
      const [most] = found.sort((a, b) => b.seeds - a.seeds); // a seed's data are those of every method
      return most === undefined ? none : cellText(most, info);
    },
    align: 'right',
    rank,
  };
}

function worstColumn(info: ColumnInfo): Column {
  return {
    head: ['worst', 'seed'],
    cell: ({ metrics }) => {
      const statistic = metrics[info.name];
      return statistic ? worstText(statistic, { ...info, digits: info.unit === 'count' ? 0 : info.digits }) : none;
    },
    align: 'right',
    rank: 0.5,
  };
}

/** The number of modes where it is the same in every row. */
function commonModes(rows: readonly Row[]): number | undefined {
  const counts = new Set(rows.map(modesOf));
  return counts.size === 1 ? [...counts][0] : undefined;
}

function cellText(statistic: Statistic, info: ColumnInfo): string {
  const { mean, standardError } = statistic;
  const error = Number.isNaN(standardError) ? '' : ` ±${bareText(standardError, info)}`;
  return `${bareText(mean, info)}${error}${partText(statistic)}`;
}

/** The columns that fit, the dispensable ones dropped from the highest rank down. */
function fit(rows: readonly Row[], columns: readonly Column[], width: number): readonly Column[] {
  const lines = linesOf(rows, columns);
  const total = columns.reduce((sum, column, at) => sum + columnWidth(column, lines, at) + gap, -gap);
  const ranks = columns.map(({ rank }) => rank);
  const highest = Math.max(...ranks);
  if (total <= width || highest <= 0) return columns;
  const dropped = ranks.lastIndexOf(highest);
  return fit(
    rows,
    columns.filter((_, at) => at !== dropped),
    width,
  );
}

function columnWidth({ head }: Column, lines: readonly (readonly string[])[], at: number): number {
  return Math.max(...head.map((line) => line.length), ...lines.map((line) => line[at]?.length ?? 0));
}
