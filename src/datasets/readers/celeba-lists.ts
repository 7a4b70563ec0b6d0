/** Reads CelebA's two lists, as published or as on Kaggle: the attributes of each picture, and the part of the set that it belongs to. */
import { stat } from 'node:fs/promises';
import { UsageError } from '../../base/usage-error.ts';
import { readBytes } from '../../disk/read-file.ts';
import { firstBytes, looksLikePage, pageText } from './file-bytes.ts';

export interface Attributes {
  readonly names: readonly string[];
  /** For each picture, a byte an attribute: 1 it has it, 0 it has not. */
  readonly of: ReadonlyMap<string, Uint8Array>;
}

/** The official list has 27 MB and 202,599 pictures, its longest line 460 letters. */
const largest = 64 * 2 ** 20;
const mostLines = 1_000_000;
const longestLine = 16_384;

/** Pictures lie in one folder: a name with a path in it is not one of theirs. */
const pictureName = /^[\w-]+\.(jpg|png)$/;

/**
 * `list_attr_celeba.txt` as published: the number of pictures, the attributes' names, then a picture a line with 1 or −1 for
 * each; or Kaggle's `list_attr_celeba.csv`: a line of heads, then the same with commas.
 *
 * @throws UsageError that names the line.
 */
export async function readAttributes(path: string): Promise<Attributes> {
  const { heads, rows, firstLine } = await tableOf(path, 2);
  const names = heads.at(-1) ?? [];
  const count = firstLine === 3 ? heads[0]?.join(' ') : String(rows.length);
  if (count === undefined || !/^\d+$/.test(count) || (names[0] ?? '') === '' || names.length > 256)
    throw new UsageError(
      `${path}: expected a number of pictures in line 1 and names of attributes in line 2 (list_attr_celeba.txt as published), or image_id and the names in line 1 (Kaggle's list_attr_celeba.csv)`,
    );
  if (rows.length !== Number(count))
    throw new UsageError(`${path}: cut short? its line 1 says ${count} pictures, it lists ${rows.length}`);
  const of = new Map<string, Uint8Array>();
  for (const [index, [name = '', ...signs]] of rows.entries()) {
    const values = signs.map(Number);
    if (
      !pictureName.test(name) ||
      values.length !== names.length ||
      values.some((value) => value !== 1 && value !== -1)
    )
      throw new UsageError(
        `${path}, line ${index + firstLine}: expected a picture's name and ${names.length} times 1 or -1`,
      );
    of.set(
      name,
      Uint8Array.from(values, (value) => (value === 1 ? 1 : 0)),
    );
  }
  return { names, of };
}

/**
 * `list_eval_partition.txt` as published: a picture a line with 0 (train), 1 (validation) or 2 (test), in the file's order; or
 * Kaggle's `list_eval_partition.csv`: a line of heads, then the same with commas.
 *
 * @throws UsageError that names the line.
 */
export async function readPartition(path: string): Promise<ReadonlyMap<string, 0 | 1 | 2>> {
  const parts = new Map<string, 0 | 1 | 2>();
  const { rows, firstLine } = await tableOf(path, 0);
  for (const [index, [name = '', part = '', ...more]] of rows.entries()) {
    const number = Number(part);
    if (!pictureName.test(name) || part === '' || more.length > 0 || (number !== 0 && number !== 1 && number !== 2))
      throw new UsageError(`${path}, line ${index + firstLine}: expected a picture's name and 0, 1 or 2`);
    parts.set(name, number);
  }
  return parts;
}

interface Table {
  /** Words of the lines before the pictures; of a CSV, of its one line of heads without `image_id`. */
  readonly heads: readonly (readonly string[])[];
  readonly rows: readonly (readonly string[])[];
  /** Number of the line of the first picture. */
  readonly firstLine: number;
}

/** A list by its content: with commas where its first line begins with `image_id,`, else with blanks after `heads` lines. */
async function tableOf(path: string, heads: number): Promise<Table> {
  const lines = await linesOf(path);
  const isCsv = /^\ufeff?"?image_id"?,/.test(lines[0] ?? '');
  const words = lines.map((line) => wordsOf(line, isCsv));
  return isCsv
    ? { heads: words.slice(0, 1).map((head) => head.slice(1)), rows: words.slice(1), firstLine: 2 }
    : { heads: words.slice(0, heads), rows: words.slice(heads), firstLine: heads + 1 };
}

/** The words of a line; none of one that is too long to be of a list. */
function wordsOf(line: string, isCsv: boolean): string[] {
  if (line.length > longestLine) return [''];
  return isCsv ? line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')) : line.trim().split(/\s+/);
}

/** The lines of a text file, without empty ones at its end. */
async function linesOf(path: string): Promise<string[]> {
  if (looksLikePage(await firstBytes(path))) throw new UsageError(pageText(path));
  const { size } = await stat(path);
  if (size > largest) throw new UsageError(`${path}: expected a list of at most ${largest} bytes, it has ${size}`);
  const text = (await readBytes(path)).toString('utf8').trimEnd();
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  if (lines > mostLines)
    throw new UsageError(`${path}: expected a list of at most ${mostLines} lines, it has ${lines}`);
  return text.split(/\r?\n/);
}
