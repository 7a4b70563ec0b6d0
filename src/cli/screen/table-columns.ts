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

/** Those of `names` that the table shows, in its order: what judges results, and what declares a head. */
export function terminalColumns(names: Iterable<string>, described: Columns): TerminalColumn[] {
  const own = [...new Set(names)].filter((name) => !name.endsWith('Real')); // real data have a row of their own
  return own.flatMap((name) => shown(columnInfo(name, described))).sort(byPlace);
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
