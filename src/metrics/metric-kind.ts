/** What a metric is: the columns that it writes, what it needs to see, and the function from evaluation inputs to values. */
import type { z } from 'zod';
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
  /** Throws UsageError (`<where>: expected …`) where its settings do not fit the data. */
  check(metric: Section, data: Section, where: string): void;
  /** Settings that a value depends on, in words for below a table; '' where there are none. */
  conditions(metric: Section): string;
  /** Values of its columns; a column is left out where its inputs are missing, NaN where it is not defined. */
  compute(metric: Section, inputs: EvaluationInputs): Values;
}

interface MetricFields<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly description: string;
  readonly source?: string;
  readonly settings?: Shape;
  readonly columns: readonly ColumnInfo[];
  readonly needs?: readonly Need[];
  check?(settings: Settings<Shape>, data: Section, where: string): void;
  conditions?(settings: Settings<Shape>): string;
  compute(inputs: EvaluationInputs, settings: Settings<Shape>): Values;
}

/** A kind of metric: `defineMetric` of the public entry. */
export function defineMetric<const Kind extends string, Shape extends z.ZodRawShape = Record<never, never>>(
  fields: MetricFields<Kind, Shape>,
): KindCard<Kind, Shape, MetricCard> {
  const { kind, description, source, settings, columns, needs = [], check, conditions, compute } = fields;
  const shape = settings ?? ({} as Shape); // only where Shape is empty
  const typed = (metric: Section) => metric as unknown as Settings<Shape>; // checked by the schema of the same shape
  const rest: Omit<MetricCard, keyof Card> = {
    columns,
    needs,
    check: (metric, data, where) => check?.(typed(metric), data, where),
    conditions: (metric) => conditions?.(typed(metric)) ?? '',
    compute: (metric, inputs) => compute(inputs, typed(metric)),
  };
  return makeKind({ kind, description, shape, ...(source !== undefined && { source }) }, rest);
}

/** Names of the columns in files, in their order: a metric's own, then those of real data. */
export const columnNames = ({ columns }: Pick<MetricCard, 'columns'>): readonly string[] => [
  ...columns.map(({ name }) => name),
  ...columns.filter(({ real }) => real).map(({ name }) => `${name}Real`),
];
