/** The table of results: methods (and swept values) × measures, as wide as there is room for. Pure. */
import Table from 'cli-table3';
import { makeDataset } from '../datasets/make-dataset.ts';
import { decimal, none } from './format.ts';
import type { Statistic, SummaryRow } from './summary.ts';
import { type MetricColumn, metricColumns } from './table-columns.ts';
import { shortPath, valueText } from './trial-text.ts';

interface Column {
  readonly head: readonly string[];
  readonly cell: (row: SummaryRow) => string;
  readonly align: 'left' | 'right';
  /** Columns of high rank are left out first where room is short; those of rank -1 never. */
  readonly rank: number;
}

const gap = 2;

/** Lines of at most `width` columns (more only where even the indispensable ones do not fit). */
export function resultTable(rows: readonly SummaryRow[], varied: readonly string[], width: number): string {
  const columns = fit(rows, allColumns(rows, varied), width);
  const table = new Table({
    chars: { ...blank, mid: '', 'top-mid': '', middle: ' '.repeat(gap) },
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map(({ align }) => align),
  });
  const tall = Math.max(...columns.map(({ head }) => head.length));
  for (let line = 0; line < tall; line++) {
    table.push(columns.map(({ head }) => head[line - tall + head.length] ?? ''));
  }
  table.push(columns.map((column) => '─'.repeat(columnWidth(rows, column))));
  for (const row of rows) table.push(columns.map(({ cell }) => cell(row)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Modes of the data that a row's trials had; `undefined` where the data is no mixture. */
export function modesOf(row: SummaryRow): number | undefined {
  return makeDataset(row.example.spec.data).modes?.count;
}

/** The first of the table's measures that any row has: the one whose worst seed counts. */
export function leadingColumn(rows: readonly SummaryRow[]): MetricColumn | undefined {
  return metricColumns.find(({ metric }) => rows.some(({ metrics }) => metrics[metric]));
}

function allColumns(rows: readonly SummaryRow[], varied: readonly string[]): Column[] {
  const lead = leadingColumn(rows);
  const present = metricColumns.filter(({ metric }) => rows.some(({ metrics }) => metrics[metric]));
  const seedCounts = new Set(rows.map(({ done, diverged, failed }) => `${done} ${diverged} ${failed}`));
  const lost = (['diverged', 'failed'] as const).filter((status) => rows.some((row) => row[status] > 0));
  return [
    { head: ['method'], cell: ({ method }) => method, align: 'left', rank: -1 },
    ...varied.map(
      (path): Column => ({
        head: headOf(path, varied),
        cell: (row) => (path in row.varied ? valueText(row.varied[path]) : none),
        align: 'right',
        rank: -1,
      }),
    ),
    ...(seedCounts.size > 1 ? [countColumn('seeds', ({ done }) => done)] : []),
    ...lost.map((status) => countColumn(status, (row) => row[status])),
    ...present.flatMap((column) => [metricColumn(column, rows), ...(column === lead ? [worstColumn(column)] : [])]),
    { head: ['s a', 'trial'], cell: ({ secondsATrial }) => decimal(secondsATrial, 1), align: 'right', rank: 4.5 },
  ];
}

/** The last part of the path, or as much as tells two paths apart. */
function headOf(path: string, varied: readonly string[]): string[] {
  const short = shortPath(path);
  return varied.some((other) => other !== path && shortPath(other) === short) ? path.split('.').slice(-2) : [short];
}

function countColumn(title: string, count: (row: SummaryRow) => number): Column {
  return { head: [title], cell: (row) => String(count(row)), align: 'right', rank: -1 };
}

function metricColumn(column: MetricColumn, rows: readonly SummaryRow[]): Column {
  const of = ofAll(column, rows);
  return {
    head: of ? [`${column.head[0]}`, `of ${of}`] : column.head,
    cell: ({ metrics, ...row }) => {
      const statistic = metrics[column.metric];
      if (!statistic) return none;
      const outOf = isModes(column) && !of ? `/${modesOf({ metrics, ...row })}` : '';
      return `${figure(statistic.mean, column)}${error(statistic, column)}${outOf}`;
    },
    align: 'right',
    rank: column.rank,
  };
}

function worstColumn(column: MetricColumn): Column {
  return {
    head: ['worst', 'seed'],
    cell: ({ metrics }) => {
      const statistic = metrics[column.metric];
      return statistic
        ? figure(statistic[column.worst], { ...column, digits: column.unit === 'count' ? 0 : column.digits })
        : none;
    },
    align: 'right',
    rank: 0.5,
  };
}

/** The number of modes where the column counts them out of the same number in every row. */
function ofAll(column: MetricColumn, rows: readonly SummaryRow[]): number | undefined {
  const counts = new Set(rows.map(modesOf));
  return column.metric === 'modesCaptured' && counts.size === 1 ? [...counts][0] : undefined;
}

function isModes({ metric }: MetricColumn): boolean {
  return metric === 'modesCaptured';
}

function figure(value: number, { unit, digits }: MetricColumn): string {
  return decimal(unit === 'share' ? value * 100 : value, digits);
}

function error({ standardError }: Statistic, column: MetricColumn): string {
  return Number.isNaN(standardError) ? '' : ` ±${figure(standardError, column)}`;
}

/** The columns that fit, the dispensable ones dropped from the highest rank down. */
function fit(rows: readonly SummaryRow[], columns: readonly Column[], width: number): readonly Column[] {
  const total = columns.reduce((sum, column) => sum + columnWidth(rows, column) + gap, -gap);
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

function columnWidth(rows: readonly SummaryRow[], { head, cell }: Column): number {
  return Math.max(...head.map((line) => line.length), ...rows.map((row) => cell(row).length));
}

/** cli-table3 without any line of its own. */
const blank = Object.fromEntries(
  [
    ...['top', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);
