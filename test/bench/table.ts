/** A plain table for a terminal: the first column left, the others right. Pure. */

const gap = '   ';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = (line: readonly string[]) =>
    widths
      .map((width, column) =>
        column === 0 ? (line[column] ?? '').padEnd(width) : (line[column] ?? '').padStart(width),
      )
      .join(gap)
      .trimEnd();
  return [text(head), widths.map((width) => '─'.repeat(width)).join(gap), ...rows.map(text)].join('\n');
}
