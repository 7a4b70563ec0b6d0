/** How each column of a result is called, printed and judged: the words that tables, figures and verdicts share. */
import { builtIn } from '../catalogue/catalogue.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import type { ColumnInfo } from '../schema/column-info.ts';

/** Columns by name. */
export type Columns = ReadonlyMap<string, ColumnInfo>;

/** Logged whatever is measured; they say nothing of quality. */
export const loggedColumns: readonly ColumnInfo[] = [
  { name: 'lossD', title: 'loss of D', unit: 'number', digits: 3 },
  { name: 'lossG', title: 'loss of G', unit: 'number', digits: 3 },
  { name: 'scoreReal', title: 'D on real', unit: 'number', digits: 3 },
  { name: 'scoreFake', title: 'D on generated', unit: 'number', digits: 3 },
  { name: 'gradientD', title: 'gradient norm of D', unit: 'number', digits: 3 },
  { name: 'gradientG', title: 'gradient norm of G', unit: 'number', digits: 3 },
];

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
    const { terminal: _, rawTerminal, ...averaged } = columnInfo(name.slice('raw.'.length), declared);
    return {
      ...averaged,
      name,
      title: `${averaged.title}, raw weights`,
      ...(rawTerminal && { terminal: rawTerminal }),
    };
  }
  if (name.endsWith('Real')) {
    const ofSamples = columnInfo(name.slice(0, -'Real'.length), declared);
    if (ofSamples.better !== undefined) return { ...ofSamples, name, title: `${ofSamples.title}, real data` };
  }
  return { name, title: name, unit: 'number', digits: 3 };
}

/** Those of `names` that say how good a result is, in the tables' order. Raw weights and real data are not among them. */
export function judgedColumns(names: Iterable<string>, declared: Columns = builtInColumns): ColumnInfo[] {
  const all = new Map([...builtInColumns, ...declared]);
  return [...new Set(names)]
    .flatMap((name) => all.get(name) ?? [])
    .filter(({ place, better }) => place !== undefined && better !== undefined)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

/** What further real examples score in the generator's place: a metric's ceiling, or its floor. */
export const realOf = (name: string): string => `${name.replace(/^raw\./, '')}Real`;
