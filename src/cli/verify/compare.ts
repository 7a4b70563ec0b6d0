/** Compares trials with those of a reference, cell by cell, and makes one verdict of it. Pure. */
import { countText, listed, plural } from '../../base/number-words.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { TableRow } from '../../store/trials-csv.ts';
import { type Columns, judgedColumns } from '../../summary/column-info.ts';

/** A value that differs. */
export interface Cell {
  readonly trial: string;
  readonly column: string;
  readonly here: string;
  readonly there: string;
  /** Whether another rounding explains it: see `compare`. */
  readonly isWithin: boolean;
}

/** A reference's table. */
export interface Reference {
  readonly rows: readonly TableRow[];
  /** Names of its columns. */
  readonly header: readonly string[];
}

export interface Comparison {
  readonly trials: number;
  readonly cells: number;
  readonly differing: readonly Cell[];
  /** Measures that the reference has no column of: it is older than they are, and so are its files. */
  readonly newer: readonly string[];
  /** Whether both sides promise the same bytes: the engine `native` on both. */
  readonly isExact: boolean;
  /** The engines, where they differ. */
  readonly engines: string;
}

/** The engine whose bytes no processor changes. */
const exact = 'native';

/**
 * `rows` are all of the reference: its seeds say how far another training of a method may be. A value that judges a result lies
 * within where it is in their range, widened by itself on both sides; the others (losses, norms) always do.
 */
export function compare(records: readonly TrialRecord[], { rows, header }: Reference, columns: Columns): Comparison {
  const pairs = records.flatMap((record) => {
    const row = rows.find(({ spec }) => record.hash.startsWith(spec));
    return row ? [{ record, row }] : [];
  });
  const measured = new Set(header);
  const found = new Set(pairs.flatMap(({ record }) => Object.keys(record.metrics)));
  const newer = [...found].filter((name) => !measured.has(name));
  const names = new Set(
    pairs
      .flatMap(({ record, row }) => [record, row].flatMap(({ metrics }) => Object.keys(metrics)))
      .filter((name) => measured.has(name)),
  );
  const judged = new Set(judgedColumns(names, columns).map(({ name }) => name));
  const differing = pairs.flatMap(({ record, row }) => {
    const cell = (column: string, here: unknown, there: unknown, isWithin: boolean): Cell[] =>
      Object.is(here, there) ? [] : [{ trial: record.id, column, here: String(here), there: String(there), isWithin }];
    return [
      ...cell('status', record.status, row.status, false),
      ...cell('steps', record.steps, row.steps, false),
      ...[...names].flatMap((name) => {
        const [here = Number.NaN, there = Number.NaN] = [record.metrics[name], row.metrics[name]];
        const isWithin =
          !judged.has(name) ||
          isInRange(
            here,
            seedsOf(row, rows).map(({ metrics }) => metrics[name]),
          );
        return cell(name, here, there, isWithin);
      }),
    ];
  });
  const engines = [...new Set(pairs.map(({ record, row }) => `${record.engine} here, ${row.engine} there`))];
  return {
    trials: pairs.length,
    cells: pairs.length * (names.size + 2),
    differing,
    newer,
    isExact: pairs.every(({ record, row }) => record.engine === exact && row.engine === exact),
    engines: engines.join('; '),
  };
}

/** The reference's trials of the same setting, its own among them. */
const seedsOf = ({ method, preset, values }: TableRow, rows: readonly TableRow[]): TableRow[] =>
  rows.filter(
    (row) => row.method === method && row.preset === preset && JSON.stringify(row.values) === JSON.stringify(values),
  );

function isInRange(value: number, seeds: readonly (number | undefined)[]): boolean {
  const known = seeds.filter((one) => one !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return value >= low - (high - low) && value <= high + (high - low);
}

export interface Conclusion {
  readonly holds: boolean;
  /** The verdict, then what it rests on. */
  readonly lines: readonly string[];
}

/** Differences that are listed. */
const listedAtMost = 12;

/** @param known trials of which not every file has the reference's bytes; `undefined` where those are not known. */
export function conclude(
  { trials, cells, differing, newer, isExact, engines }: Comparison,
  known: readonly string[] | undefined,
): Conclusion {
  const all = `${plural(trials, 'trial')}, ${countText(cells)} values`;
  const files = newer.length > 0 ? undefined : known;
  const older =
    newer.length > 0
      ? [`The reference is older than ${plural(newer.length, 'measure')}, so its files are not compared`]
      : [];
  if (differing.length === 0 && files !== undefined && files.length > 0) {
    return { holds: false, lines: [`Differs: ${all} equal, but not every file of ${listed(files)}`] };
  }
  if (differing.length === 0) {
    return {
      holds: true,
      lines: [`Equal: ${all}${files === undefined ? '' : ', every byte of every file'}`, ...older],
    };
  }
  const beyond = isExact ? differing : differing.filter(({ isWithin }) => !isWithin);
  const share = `${countText(differing.length)} of ${countText(cells)} values of ${plural(trials, 'trial')} differ`;
  if (beyond.length === 0) {
    const why = `as engines and processors that round differently make them (${engines})`;
    const range = "those that judge a result lie within the range of the reference's seeds, widened by itself";
    return { holds: true, lines: [`Agrees: ${share}, ${why}; ${range}`] };
  }
  const more = beyond.length > listedAtMost ? [`  and ${countText(beyond.length - listedAtMost)} more`] : [];
  return {
    holds: false,
    lines: [
      `Differs: ${share}${isExact ? '' : `, ${countText(beyond.length)} of them by more than rounding explains (${engines})`}`,
      ...beyond
        .slice(0, listedAtMost)
        .map(({ trial, column, here, there }) => `  ${trial}  ${column}: ${here}, reference ${there}`),
      ...more,
    ],
  };
}
