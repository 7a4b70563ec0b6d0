/** Chooses the metrics' columns of the terminal's table: their order, their heads, and which go first where it is narrow. */
import type { ColumnInfo } from '../../schema/column-info.ts';
import { byPlace, type Columns, columnInfo } from '../../summary/column-info.ts';

export interface TerminalColumn extends ColumnInfo {
  /** Lines of the column's head. */
  readonly head: readonly string[];
  /** Narrow tables keep low ranks. */
  readonly rank: number;
}

/** Of a metric that does not say. */
const usualRank = 2;

/**
 * Those of `names` that the table shows, in its order: what judges results, and what declares a head. Where the moving average
 * of the weights lags behind them (`isLate`), the raw weights' columns come first, and are the last to go.
 */
export function terminalColumns(names: Iterable<string>, described: Columns, isLate = false): TerminalColumn[] {
  const own = [...new Set(names)].filter((name) => !name.endsWith('Real')); // real data have a row of their own
  if (!isLate) return own.flatMap((name) => shown(columnInfo(name, described))).sort(byPlace);
  const averaged = terminalColumns(
    own.filter((name) => !name.startsWith('raw.')),
    described,
  );
  const raw = averaged.filter(({ name }) => own.includes(`raw.${name}`));
  return [
    ...raw.map((column) => ofRaw(column, described)),
    ...averaged.map((column, at) => ({ ...column, rank: at === 0 ? 3.5 : 7 + column.rank })),
  ];
}

/** The same of the raw weights. */
function ofRaw({ head: [first = '', ...rest], rank, name }: TerminalColumn, described: Columns): TerminalColumn {
  return { ...columnInfo(`raw.${name}`, described), head: [`raw ${first}`, ...rest], rank };
}

function shown(info: ColumnInfo): TerminalColumn[] {
  const { terminal, better, title, unit } = info;
  if (terminal === false || (terminal === undefined && better === undefined)) return [];
  return [{ ...info, ...(terminal ?? { head: onTwoLines(unit === 'share' ? `${title} %` : title), rank: usualRank }) }];
}

/** Broken at the blank that leaves the shorter of the longer lines. */
function onTwoLines(title: string): string[] {
  const words = title.split(' ');
  const breaks = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
  const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
  return breaks.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [title]);
}
