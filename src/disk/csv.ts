/**
 * Reads and writes CSV with named columns. Numbers are printed as JavaScript prints them, shortest and exact; an empty
 * cell is an undefined value (NaN or missing), `Infinity` stays itself. Lists are JSON, the form that `--set` takes.
 */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { brief } from '../base/format-issue.ts';
import { inLine, messageOf, plainText } from '../base/one-line.ts';

export type Row = Readonly<Record<string, unknown>>;

/** One cell's text, before quoting. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  if (Object.is(value, -0)) return '0';
  return typeof value === 'number'
    ? String(value)
    : plainText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** A header of `columns`, then a line for each row; cells that a row does not have are empty. Ends in a newline. */
export function writeCsv(columns: readonly string[], rows: readonly Row[]): string {
  return csvLines([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}

/** Lines of cells, without a header of their own. */
export function csvLines(lines: readonly (readonly unknown[])[]): string {
  const texts = lines.map((line) => line.map(cellText));
  // Tables of thousands of numbers have nothing to quote; a line of one cell may be an empty one, which is quoted.
  const isPlain = texts.every((line) => line.length > 1 && line.every((text) => plain.test(text)));
  return isPlain ? texts.map((line) => `${line.join()}\n`).join('') : stringify(texts);
}

/** What no reader of CSV takes for anything but itself. */
const plain = /^[\w.+-]*$/;

/** Whether a text can stand in the header: those of our own have some thirty letters. */
export const isColumnName = (text: string): boolean => text.length <= 200 && !/\p{Cc}/u.test(text);

export interface CsvTable {
  readonly columns: readonly string[];
  /** Every cell as text, under its column's name. */
  readonly rows: readonly ReadonlyMap<string, string>[];
}

/** All lines, with or without a header. Throws an error of one line where they have not equally many cells. */
export function csvCells(text: string, source: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new Error(`${source}: ${inLine(messageOf(error), 300)}`, { cause: error }); // it quotes cells, however long
  }
}

/** Throws an error of one line (`source: line 3: …`) where the text is not a table of equally many cells with a header. */
export function readCsv(text: string, source: string): CsvTable {
  const [columns, ...cells] = csvCells(text, source);
  if (columns === undefined) throw new Error(`${source}: expected a header, got an empty file`);
  const odd = columns.find((column) => !isColumnName(column));
  if (odd !== undefined) throw new Error(`${source}: expected names of columns in its first line, got ${brief(odd)}`);
  const seen = new Set<string>();
  const twice = columns.find((column) => seen.size === seen.add(column).size);
  if (twice !== undefined) throw new Error(`${source}: the column ${brief(twice)} stands there twice`);
  return { columns, rows: cells.map((line) => new Map(columns.map((column, index) => [column, line[index] ?? '']))) };
}

/** The number in a cell; NaN for an empty one. Throws for text that is not a number. */
export function cellNumber(text: string, where: string): number {
  if (text === '') return Number.NaN;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new Error(`${where}: expected a number, got ${brief(text)}`);
  return value;
}
