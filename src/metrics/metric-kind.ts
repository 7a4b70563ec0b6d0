/** What a metric is: the columns that it writes, what it needs to see, and the function from evaluation inputs to values. */
import type { z } from 'zod';
import { UsageError } from '../base/usage-error.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { type Card, type KindCard, makeKind, type Section, type Settings } from '../schema/kind.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';

/** What a metric has to be shown. */
export type Need =
  /** Data that are a mixture with known modes. */
  | 'modes'
  /** Data along a curve. */
  | 'curve'
  | 'pictures'
  /** A scorer's features or probabilities of pictures, and not the pictures themselves. */
  | 'scorer'
  /** What a scorer says of pictures; of points with known modes, the modes themselves. */
  | 'classes';

export interface MetricCard extends Card {
  readonly columns: readonly ColumnInfo[];
  readonly needs: readonly Need[];
  /** Whether it compares every pair of examples, so that thousands of them are enough. */
  readonly pairwise: boolean;
  /** Whether it came after specs that list it had been stored: the identity of a trial leaves it out. */
  readonly addedLater: boolean;
  /** Throws UsageError (`<where>: expected …`) where its settings do not fit the data. */
  check(metric: Section, data: Section, where: string): void;
  /** What a value of so many samples against as many real examples depends on, in words for below a table; '' for nothing. */
  conditions(metric: Section, samples: number): string;
  /** Values of its columns; a column is left out where its inputs are missing, NaN where it is not defined. */
  compute(metric: Section, inputs: EvaluationInputs): Values;
}

interface MetricFields<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly description: string;
  readonly source?: string;
  /** Fields of its settings with their schemas; a field with a default may be left out by authors. */
  readonly settings?: Shape;
  readonly columns: readonly ColumnInfo[];
  /** What it has to be shown; an experiment that lacks it is refused. */
  readonly needs?: readonly Need[];
  /** Whether it compares every pair of examples: `npm run score` computes it on fewer of them. */
  readonly pairwise?: boolean;
  /** Of the project's own: experiments list it since after their trials were stored, so that identities leave it out. */
  readonly addedLater?: boolean;
  /** Throws UsageError (`<where>: expected …`) where the settings do not fit the data. */
  check?(settings: Settings<Shape>, data: Section, where: string): void;
  /** What a value of so many samples depends on, as it is used and not as it is set: in words for below a table. */
  conditions?(settings: Settings<Shape>, samples: number): string;
  /** Values of its columns, by name; a column is left out where its inputs are missing, NaN where it is not defined. */
  compute(inputs: EvaluationInputs, settings: Settings<Shape>): Values;
}

/**
 * A kind of metric, callable as the factory that experiments list under `measures`. A column with `better` judges results: it
 * stands in the terminal's table, in reports and on the page, with its title, unit and digits; every column stands in
 * history.csv and trials.csv. The file that defines it is part of the identity of trials that use it.
 *
 *     const radius = defineMetric({
 *       kind: 'radius',
 *       description: 'mean distance of samples from the origin, data units',
 *       columns: [{ name: 'meanRadius', title: 'mean radius', unit: 'number', digits: 2, better: 'more' }],
 *       compute({ generated }) {
 *         if (!generated) return {}; // a method without a generator
 *         const { values, count, dim } = generated; // row by row, [count, dim]
 *         let sum = 0;
 *         for (let i = 0; i < count; i++) sum += Math.hypot(...values.subarray(i * dim, (i + 1) * dim));
 *         return { meanRadius: sum / count };
 *       },
 *     });
 */
export function defineMetric<const Kind extends string, Shape extends z.ZodRawShape = Record<never, never>>(
  fields: MetricFields<Kind, Shape>,
): KindCard<Kind, Shape, MetricCard> {
  const {
    kind,
    description,
    source,
    settings,
    columns,
    needs = [],
    pairwise = false,
    addedLater = false,
    check,
    conditions,
    compute,
  } = fields;
  const shape = settings ?? ({} as Shape); // only where Shape is empty
  const typed = (metric: Section) => metric as unknown as Settings<Shape>; // checked by the schema of the same shape
  const rest: Omit<MetricCard, keyof Card> = {
    columns,
    needs,
    pairwise,
    addedLater,
    check: (metric, data, where) => check?.(typed(metric), data, where),
    conditions: (metric, samples) => conditions?.(typed(metric), samples) ?? '',
    compute: (metric, inputs) => declared(compute(inputs, typed(metric)), { kind, columns }),
  };
  return makeKind({ kind, description, shape, ...(source !== undefined && { source }) }, rest);
}

/** What a metric computed, all of it columns that it declares: what nobody describes would stand in files alone. */
function declared(values: Values, card: Pick<MetricCard, 'kind' | 'columns'>): Values {
  const names = columnNames(card);
  const stranger = Object.keys(values).find((name) => !names.includes(name));
  if (stranger === undefined) return values;
  throw new UsageError(`metric ${card.kind}: expected values of its columns (${names.join(', ')}), got '${stranger}'`);
}

/** Names of the columns in files, in their order: a metric's own, then those of real data. */
export const columnNames = ({ columns }: Pick<MetricCard, 'columns'>): readonly string[] => [
  ...columns.map(({ name }) => name),
  ...columns.filter(({ real }) => real).map(({ name }) => `${name}Real`),
];
