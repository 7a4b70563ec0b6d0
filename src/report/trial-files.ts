/** Reads the files beside a trial's record when they are first asked for. What cannot be read is told once and is missing. */

import { join } from 'node:path';
import { faultOf } from '../base/one-line.ts';
import { preparedSetOf } from '../catalogue/truth.ts';
import type { Truth } from '../datasets/data-kind.ts';
import { verifyChecksum } from '../disk/checksums.ts';
import { readCsv } from '../disk/csv.ts';
import { isMissing } from '../disk/files.ts';
import { readBytesSync } from '../disk/read-file.ts';
import type { Section } from '../schema/kind.ts';
import { decodeFilm } from '../store/film-file.ts';
import { decodeHistory } from '../store/history.ts';
import type { TrialRecord } from '../store/record.ts';
import type { ReportTrial, Table } from './report-data.ts';
import type { Sheet, SheetName } from './sheet.ts';

/** Columns of samples.csv that are words; all others are numbers. */
const textColumns: readonly string[] = ['set'];

/** The trial in `folder`. `tell` gets a line for each file that is there and cannot be read. */
export function openTrial(
  record: TrialRecord,
  folder: string,
  truthOf: (data: Section) => Truth,
  tell: (problem: string) => void,
): ReportTrial {
  const file = <T>(name: string, decode: (text: string, source: string) => T): (() => T | undefined) =>
    once(() => {
      const source = join(folder, name);
      try {
        // In place and not asynchronously: many small files, read one after the other, are four times as fast so.
        const bytes = readBytesSync(source);
        const content = decode(bytes.toString('utf8'), source);
        verifyChecksum(folder, name, bytes); // last: what the decoder has to say is more telling
        return content;
      } catch (error) {
        if (!isMissing(error)) tell(faultOf(source, error));
        return undefined;
      }
    });
  const sheetOf = async (name: SheetName): Promise<Sheet | undefined> => {
    const prepared = preparedSetOf(record.spec.data);
    if (prepared === undefined) return undefined;
    const source = join(folder, `${name}.png`);
    const { cutSheet } = await import('./sheet.ts'); // what decodes pictures is loaded for those who have any
    try {
      const bytes = readBytesSync(source);
      const sheet = await cutSheet(bytes, prepared.size);
      verifyChecksum(folder, `${name}.png`, bytes);
      return sheet;
    } catch (error) {
      if (!isMissing(error)) tell(faultOf(source, error));
      return undefined;
    }
  };
  const sheets = new Map<SheetName, Promise<Sheet | undefined>>();
  const history = file('history.csv', decodeHistory);
  const samples = file('samples.csv', decodeTable);
  const losses = file('losses.csv', decodeTable);
  const landscape = file('landscape.csv', decodeTable);
  const lines = file('lines.csv', decodeTable);
  const film = file('film.json', decodeFilm);
  const modes = file('modes.csv', (text, source) => decodeTable(text, source, ['mode']));
  const occupancy = file('occupancy.csv', decodeTable);
  return {
    record,
    seed: record.spec.seed,
    get truth() {
      return truthOf(record.spec.data);
    },
    get history() {
      return history() ?? [];
    },
    get samples() {
      return samples();
    },
    get losses() {
      return losses();
    },
    get landscape() {
      return landscape();
    },
    get lines() {
      return lines();
    },
    get film() {
      return film();
    },
    get modes() {
      return modes();
    },
    get occupancy() {
      return occupancy();
    },
    sheet(name) {
      const found = sheets.get(name) ?? sheetOf(name);
      sheets.set(name, found);
      return found;
    },
  };
}

/** A CSV of numbers, and of words in the columns of `words`. Throws an error of one line that starts with `source`. */
export function decodeTable(text: string, source: string, words = textColumns): Table {
  const { columns, rows } = text.includes('"') ? quotedCells(text, source) : plainCells(text, source);
  const cells = columns.map((column, at) => ({ column, at }));
  // From pairs: a column may have any name, `__proto__` too.
  return {
    count: rows.length,
    numbers: Object.fromEntries(
      cells
        .filter(({ column }) => !words.includes(column))
        .map(({ column, at }) => [column, Float64Array.from(rows, (row) => numberIn(row[at] ?? ''))]),
    ),
    texts: Object.fromEntries(
      cells
        .filter(({ column }) => words.includes(column))
        .map(({ column, at }) => [column, rows.map((row) => row[at] ?? '')]),
    ),
  };
}

interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function quotedCells(text: string, source: string): Cells {
  const { columns, rows } = readCsv(text, source);
  return { columns, rows: rows.map((row) => [...row.values()]) };
}

/** What trials write has no quotes, and a store holds a million such lines: this is ten times as fast as a CSV parser. */
function plainCells(text: string, source: string): Cells {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  if (head === '') throw new Error(`${source}: expected a header, got an empty file`);
  const columns = head.replace(/^\uFEFF/, '').split(',');
  const rows = lines.map((line, index) => {
    const cells = line.split(',');
    if (cells.length === columns.length) return cells;
    throw new Error(`${source}: row ${index + 1}: expected ${columns.length} cells, got ${cells.length} (cut short?)`);
  });
  return { columns, rows };
}

/** A column of another program's making may hold words: they are no numbers, and no reason to refuse the file. */
const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
