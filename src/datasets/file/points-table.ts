/** Reads a CSV of points: its numeric columns, and a column of labels. Every fault is one line with row and column. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { brief } from '../../base/format-issue.ts';
import { countText } from '../../base/number-words.ts';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { csvCells } from '../../disk/csv.ts';
import { readBytesSync } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';

export interface PointsTable {
  /** Row-major `[count, dim]`. */
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
  /** A label for each point, where a column of them was named. */
  readonly labels?: readonly string[];
}

interface Chosen {
  readonly columns?: readonly string[] | undefined;
  /** A column that holds a label for each point. */
  readonly labels?: string | undefined;
  /** Rows to take, where the file has a column of that name. */
  readonly only?: { readonly column: string; readonly value: string };
  /** Whether `nan` and `inf` are numbers here, as they are of samples. */
  readonly allowsNonFinite?: boolean;
}

/** Text beyond this would not fit one string with its cells. */
const largest = 256 * 2 ** 20;

interface Content {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** The bytes of a file of points. Throws UsageError where it is not there, is no file, or is too large. */
export function pointsBytes(file: string): Content {
  const stat = statsOf(file);
  if (stat === undefined) throw new UsageError(`data.file: there is no file ${file}`);
  if (!stat.isFile()) throw new UsageError(`data.file: expected a file, ${file} is something else`);
  if (stat.size > largest)
    throw new UsageError(
      `data.file: expected at most ${countText(largest)} bytes, ${file} has ${countText(stat.size)}`,
    );
  const bytes = readBytesSync(file);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * The first line is a header where it has text above a number, or no number at all; without one, columns are called x0, x1,
 * …. Points are the columns that are named, else x0, x1, … where there is an x0, else every column that begins with a number, those
 * without a name left out.
 *
 * @throws UsageError of one line: file, row (from 1, the header not counted), column, what was expected, what came.
 */
export function readPoints({ bytes }: Pick<Content, 'bytes'>, file: string, chosen: Chosen): PointsTable {
  const { names, rows: all } = namedRows(cellsOf(bytes, file));
  const { only, allowsNonFinite = false } = chosen;
  const onlyAt = only === undefined ? -1 : names.indexOf(only.column);
  const rows = onlyAt < 0 ? all : all.filter((row) => row[onlyAt] === only?.value);
  if (rows.length === 0) throw new UsageError(`data.file: expected points, ${file} has none`);
  const at = (name: string, setting: string): number => {
    const index = names.indexOf(name);
    if (index >= 0) return index;
    throw new UsageError(
      `${setting}: ${basename(file)} has no column ${brief(name)}${didYouMean(name, names) || `; it has ${names.join(', ')}`}`,
    );
  };
  const labelsAt = chosen.labels === undefined ? undefined : at(chosen.labels, 'data.modes');
  const columns =
    chosen.columns?.map((name) => at(name, 'data.columns')) ??
    pointColumns(names, rows[0] ?? []).filter((column) => column !== labelsAt);
  if (columns.length === 0) throw new UsageError(`data.file: expected a column of numbers, ${file} has none`);
  const dim = columns.length;
  const values = new Float32Array(rows.length * dim);
  rows.forEach((row, index) => {
    columns.forEach((column, axis) => {
      const value = Math.fround(numberIn(row[column] ?? ''));
      if (!Number.isFinite(value) && !(allowsNonFinite && isNonFinite(row[column] ?? '')))
        throw new UsageError(
          `${file}: row ${index + 1}, column ${names[column]}: expected a number, got ${brief(row[column] ?? '')}`,
        );
      values[index * dim + axis] = value;
    });
  });
  return {
    values,
    count: rows.length,
    dim,
    ...(labelsAt !== undefined && { labels: rows.map((row) => row[labelsAt] ?? '') }),
  };
}

function cellsOf(bytes: Buffer, file: string): string[][] {
  try {
    return csvCells(bytes.toString('utf8'), file);
  } catch (error) {
    throw new UsageError(`data.file: ${messageOf(error)}`, { cause: error });
  }
}

function namedRows(cells: string[][]): { names: readonly string[]; rows: readonly (readonly string[])[] } {
  const [first = [], ...rest] = cells;
  return isHeader(first, rest[0] ?? [])
    ? { names: first.map((name) => name.trim()), rows: rest }
    : { names: first.map((_, column) => `x${column}`), rows: cells };
}

/** Text above a number, or no number at all. */
const isHeader = (first: readonly string[], second: readonly string[]): boolean =>
  first.every((cell) => !isNumber(cell)) ||
  first.some((cell, at) => cell.trim() !== '' && !isNumber(cell) && isNumber(second[at] ?? ''));

function pointColumns(names: readonly string[], first: readonly string[]): number[] {
  const numbered = names.map((_, axis) => names.indexOf(`x${axis}`));
  const end = numbered.indexOf(-1);
  if (end !== 0) return end < 0 ? numbered : numbered.slice(0, end);
  return [...names.keys()].filter((column) => names[column] !== '' && isNumber(first[column] ?? ''));
}

/** NaN for an empty cell and for text. */
const numberIn = (text: string): number =>
  text.trim() === '' ? Number.NaN : /^\s*[+-]?inf/i.test(text) ? infinityIn(text) : Number(text);

/** As NumPy, pandas and C print them. */
const isNonFinite = (text: string): boolean => /^\s*[+-]?(nan|inf(inity)?)\s*$/i.test(text);
const infinityIn = (text: string): number =>
  isNonFinite(text) ? (text.includes('-') ? -1 : 1) * Number.POSITIVE_INFINITY : Number.NaN;
const isNumber = (text: string): boolean => !Number.isNaN(numberIn(text)) || isNonFinite(text);
