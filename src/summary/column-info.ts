/** Says how each column of a result is called, printed and judged: the words that tables, figures and verdicts share. */
import { builtIn } from '../catalogue/catalogue.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import type { ColumnInfo, ColumnRole } from '../schema/column-info.ts';
import { loggedColumns } from '../store/logged-columns.ts';

/** Columns by name. */
export type Columns = ReadonlyMap<string, ColumnInfo>;

/** What is logged, and what metrics declare; metrics that share a column describe it alike. */
export const columnsOf = (metrics: readonly Pick<MetricCard, 'columns'>[]): Columns =>
  new Map([...metrics.flatMap(({ columns }) => columns), ...loggedColumns].map((column) => [column.name, column]));

export const builtInColumns: Columns = columnsOf(builtIn.cards.metrics);

/**
 * How a column is called, printed and judged: as `declared` says, else as the project's own metrics do. `raw.` marks the weights
 * themselves, `…Real` what real data score. A column that nobody describes bears its own name and judges nothing.
 */
export function columnInfo(name: string, declared: Columns = builtInColumns): ColumnInfo {
  const found = declared.get(name) ?? builtInColumns.get(name);
  if (found !== undefined) return found;
  if (name.startsWith('raw.')) {
    const { rawTerminal, ...averaged } = columnInfo(name.slice('raw.'.length), declared);
    return { ...averaged, name, title: `${averaged.title}, raw weights`, terminal: rawTerminal ?? false };
  }
  if (name.endsWith('Real')) {
    const of = name.slice(0, -'Real'.length);
    const ofSamples = declared.get(of) ?? builtInColumns.get(of);
    if (ofSamples !== undefined) return { ...ofSamples, name, title: `${ofSamples.title}, real data` };
  }
  return { name, title: name, unit: 'number', digits: 3 };
}

/** Those of `names` that say how good a result is, in the tables' order. Raw weights and real data are not among them. */
export function judgedColumns(names: Iterable<string>, declared: Columns = builtInColumns): ColumnInfo[] {
  const present = new Set(names);
  return known(declared)
    .filter(({ name, better }) => present.has(name) && better !== undefined)
    .sort(byPlace);
}

/** Columns of a role of which there is something to show, in the tables' order: the first leads. */
export const columnsOfRole = (
  role: ColumnRole,
  isThere: (name: string) => boolean,
  declared: Columns = builtInColumns,
): ColumnInfo[] =>
  known(declared)
    .filter((info) => info.role === role && isThere(info.name))
    .sort(byPlace);

const known = (declared: Columns): ColumnInfo[] => [...new Map([...builtInColumns, ...declared]).values()];

/** Columns without a place come last, as they came. */
export const byPlace = ({ place: a = last }: Placed, { place: b = last }: Placed): number => a - b;
type Placed = Pick<ColumnInfo, 'place'>;
const last = Number.MAX_VALUE;

/** What further real examples score in the generator's place: a metric's ceiling, or its floor. */
export const realOf = (name: string): string => `${name.replace(/^raw\./, '')}Real`;
