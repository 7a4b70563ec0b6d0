/** Sets lines of cells in columns, without any rules of cli-table3's. */
import Table from 'cli-table3';

const gap = 2;

/** @param lines of equally many cells; those of the line's rule are the caller's. */
export function plainTable(lines: readonly (readonly string[])[], aligns: readonly ('left' | 'right')[]): string {
  const table = new Table({
    chars: { ...blank, mid: '', 'top-mid': '', middle: ' '.repeat(gap) },
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    colAligns: [...aligns],
  });
  table.push(...lines.map((line) => [...line]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Rows below heads, with a rule between them as wide as each column. */
export function ruledTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[],
): string {
  const rule = heads.map((head, at) => '─'.repeat(Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0))));
  return plainTable([heads, rule, ...rows], aligns);
}

/** cli-table3 without any line of its own. */
const blank = Object.fromEntries(
  [
    ...['top', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);
