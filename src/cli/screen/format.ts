/** Formats numbers, durations and lines for the terminal. */
import { none } from '../../base/number-words.ts';

/** `41s`, `3m 05s`, `2h 07m`; `none` where it is not known. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return none;
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

/** At most `digits` decimals, and fewer for large numbers: 0.123, 12.3, 1234. */
export function decimal(value: number, digits: number): string {
  if (!Number.isFinite(value)) return none;
  const size = Math.abs(value);
  const fitting = size >= 1000 ? 0 : size >= 100 ? Math.min(digits, 1) : digits;
  return value.toFixed(fitting);
}

/** Cuts a line to `width` columns, with an ellipsis where something is lost. For text without control sequences. */
export function clip(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** Breaks lines at spaces so that none is wider than `width` where words allow. */
export function wrap(text: string, width: number): string {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** `start` and a text after it, wrapped so that the text's lines stand below each other. */
export function hung(start: string, text: string, width: number): string {
  // Beside a long start a column of single words is harder to read than a line that is too long.
  const room = Math.max(24, width - start.length);
  return start + wrap(text, room).replaceAll('\n', `\n${' '.repeat(start.length)}`);
}

/** Columns of text to use: those of the terminal, at most 100; 100 where there is none. */
export const textWidth = (): number => Math.min(widest, process.stdout.columns || widest);
const widest = 100;

function two(value: number): string {
  return String(value).padStart(2, '0');
}
