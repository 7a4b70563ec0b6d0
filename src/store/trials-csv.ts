/**
 * Encodes and decodes trials.csv: a row a trial. Its bytes are a function of the records alone, whatever order they came in.
 * Values of the spec stand under their dotted names; shares are fractions; an empty cell is a value that the trial lacks.
 */

import { brief, oneOf } from '../base/format-issue.ts';
import { compareMethods } from '../catalogue/method-order.ts';
import { type OriginDigits, originDigits, originParts, originWords } from '../catalogue/origin.ts';
import { cellNumber, csvLines, readCsv } from '../disk/csv.ts';
import { judgedSideNames } from '../metrics/unusable.ts';
import { valueAt } from '../schema/paths.ts';
import { statuses, type TrialRecord } from './record.ts';

const before = ['experiment', 'method', 'seed', 'preset'] as const;
const after = ['spec', 'status', 'steps', 'wallSeconds', 'engine', 'device'] as const;

/** Digits of what a trial read besides its spec, where any trial of the table says so. */
const originColumn = 'origin';

/** Floating-point operations of the training, where any trial of the table says how many. */
const flopsColumn = 'flops';

/** Pictures that the scorer made nothing of, where it made nothing of any. */
const unusableColumns = judgedSideNames.map((side) => `unusable${side.charAt(0).toUpperCase()}${side.slice(1)}`);

/** The columns that every table may have, whatever was varied and computed. */
export const trialColumns: readonly string[] = [...before, ...after, flopsColumn, originColumn, ...unusableColumns];

/** Lines that were printed before, and for which columns: a store of thousands is printed again after every trial. */
const printed = new WeakMap<TrialRecord, { readonly columns: string; readonly line: string }>();

/**
 * The text of trials.csv. Rows by method (in the catalogue's order), preset, varied values, seed; metrics in the order of
 * their first appearance.
 */
export function encodeTrials(records: readonly TrialRecord[]): string {
  const varied = [...new Set(records.flatMap((record) => record.varied))].sort();
  const sorted = records
    .map((record) => ({ record, values: varied.map((path) => valueAt(record.spec, path)) }))
    .sort(compare);
  const metrics = [...new Set(sorted.flatMap(({ record }) => Object.keys(record.metrics)))];
  const flops = records.some((record) => record.flops !== undefined) ? [flopsColumn] : [];
  const origins = sorted.some(({ record }) => originText(record) !== '') ? [originColumn] : [];
  const unusable = records.some((record) => record.unusable) ? unusableColumns : [];
  const header = csvLines([[...before, ...varied, ...after, ...flops, ...origins, ...unusable, ...metrics]]);
  const lines = sorted.map(({ record, values }) => {
    const known = printed.get(record);
    if (known?.columns === header) return known.line;
    const line = csvLines([
      cellsOf(
        record,
        values,
        { flops: flops.length > 0, origin: origins.length > 0, unusable: unusable.length > 0 },
        metrics,
      ),
    ]);
    printed.set(record, { columns: header, line });
    return line;
  });
  return [header, ...lines].join('');
}

/** A row of trials.csv, as far as a table can say it without the spec. */
export interface TableRow
  extends Pick<
    TrialRecord,
    'preset' | 'status' | 'steps' | 'wallSeconds' | 'flops' | 'engine' | 'device' | 'metrics' | 'unusable'
  > {
  readonly method: string;
  readonly seed: number;
  /** First eight digits of the spec's hash. */
  readonly spec: string;
  /** As the column says it. */
  readonly origin: OriginDigits;
  /** Dotted paths that any trial of the table was given, with the row's values as `--set` takes them; not those it lacks. */
  readonly values: readonly { readonly path: string; readonly text: string }[];
}

/** The rows of trials.csv. Throws an error of one line that starts with `source` where a cell is not what it should be. */
export function decodeTrials(text: string, source: string): TableRow[] {
  const { columns, rows } = readCsv(text, source);
  const missing = [...before, ...after].find((name) => !columns.includes(name));
  if (missing !== undefined) throw new Error(`${source}: expected a column ${missing} in the first line`);
  const paths = columns.slice(before.length, columns.indexOf(after[0]));
  const metrics = columns.slice(columns.indexOf('device') + 1).filter((name) => !trialColumns.includes(name));
  return rows.map((row, index) => {
    const cell = (name: string) => row.get(name) ?? '';
    const number = (name: string) => cellNumber(cell(name), `${source}: row ${index + 1}, ${name}`);
    const status = statuses.find((name) => name === cell('status'));
    if (status === undefined)
      throw new Error(`${source}: row ${index + 1}, status: expected ${oneOf(statuses)}, got ${brief(cell('status'))}`);
    const [generated = 0, real = 0, realAgainstReal = 0] = unusableColumns.map((name) =>
      cell(name) === '' ? 0 : number(name),
    );
    const measured = metrics.filter((name) => cell(name) !== '');
    return {
      method: cell('method'),
      seed: number('seed'),
      preset: cell('preset'),
      spec: cell('spec'),
      origin: Object.fromEntries(
        originParts.flatMap((part) => {
          const digits = new RegExp(`\\b${part} ([0-9a-f]{8})\\b`).exec(cell(originColumn))?.[1];
          return digits === undefined ? [] : [[part, digits]];
        }),
      ),
      values: paths.flatMap((path) => (cell(path) === '' ? [] : [{ path, text: cell(path) }])),
      status,
      steps: number('steps'),
      wallSeconds: number('wallSeconds'),
      ...(cell(flopsColumn) !== '' && { flops: number(flopsColumn) }),
      engine: cell('engine'),
      device: cell('device'),
      ...(generated + real + realAgainstReal > 0 && { unusable: { generated, real, realAgainstReal } }),
      metrics: Object.fromEntries(measured.map((name) => [name, number(name)])),
    };
  });
}

/**
 * Whether a table holds a line that is not of these records, as one that was cut short or edited does. Lines that it lacks
 * are none: a run may have died before it wrote them.
 */
export function holdsOthers(text: string, records: readonly TrialRecord[]): boolean {
  const [header = '', ...lines] = text.split('\n');
  const [expected = '', ...known] = encodeTrials(records).split('\n');
  const allowed = new Set(header === expected ? known : expected.split(','));
  return (header === expected ? lines : header.split(',')).some((one) => !allowed.has(one));
}

const cellsOf = (
  record: TrialRecord,
  values: readonly unknown[],
  has: { readonly flops: boolean; readonly origin: boolean; readonly unusable: boolean },
  metrics: readonly string[],
): unknown[] => [
  ...[record.spec.experiment, record.spec.method, record.spec.seed, record.preset],
  ...values,
  ...[record.hash.slice(0, 8), record.status, record.steps, record.wallSeconds, record.engine, record.device],
  ...(has.flops ? [record.flops ?? ''] : []),
  ...(has.origin ? [originText(record)] : []),
  ...(has.unusable
    ? judgedSideNames.map((side) => record.unusable?.[side] ?? (record.scorer === undefined ? '' : 0))
    : []),
  ...metrics.map((name) => record.metrics[name]),
];

/** Rows of different origins are not to be averaged. */
const originText = (record: TrialRecord): string => originWords(originDigits(record));

interface Sortable {
  readonly record: TrialRecord;
  /** Of the varied paths, in the columns' order. */
  readonly values: readonly unknown[];
}

function compare(a: Sortable, b: Sortable): number {
  const [one, other] = [a.record, b.record];
  return (
    compareMethods(one.spec.method, other.spec.method) ||
    compareTexts(one.preset, other.preset) ||
    compareLists(a.values, b.values) ||
    compareTexts(originText(one), originText(other)) ||
    one.spec.seed - other.spec.seed ||
    compareTexts(one.hash, other.hash) ||
    compareTexts(one.id, other.id)
  );
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareValues(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Nothing first, then numbers by size, then whatever else by its text. */
function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rank(a) - rank(b) || compareTexts(JSON.stringify(a) ?? '', JSON.stringify(b) ?? '');
}

const rank = (value: unknown): number => (value === undefined ? 0 : typeof value === 'number' ? 1 : 2);
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
