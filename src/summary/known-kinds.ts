/** Gives summaries what they say of columns, metrics and data: of the project's kinds, or of an experiment's own as well. */
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import type { Section } from '../schema/kind.ts';
import { type Columns, columnsOf } from './column-info.ts';

export interface KnownKinds {
  readonly columns: Columns;
  readonly truthOf: (data: Section) => Truth;
  /** What a metric's values of so many samples depend on, in words; '' where nothing is known of it. */
  readonly conditionsOf: (metric: Section, samples: number) => string;
}

/** `specs`: those that are summarised. Metrics may describe one column each in its way, so that others' do not count. */
export const knownKinds = (catalogue: Catalogue = builtIn, specs?: readonly ResolvedSpec[]): KnownKinds => ({
  columns: columnsOf(specs ? metricsOf(catalogue, specs) : catalogue.cards.metrics),
  truthOf: (data) => catalogue.cards.data.find(({ kind }) => kind === data.kind)?.truth(data) ?? nothingKnown,
  conditionsOf: (metric, samples) =>
    catalogue.cards.metrics.find(({ kind }) => kind === metric.kind)?.conditions(metric, samples) ?? '',
});

/** The metrics that any of the specs lists. */
export function metricsOf({ cards }: Catalogue, specs: readonly ResolvedSpec[]): MetricCard[] {
  const kinds = new Set(specs.flatMap(({ measures }) => measures.map(({ kind }) => kind)));
  return cards.metrics.filter(({ kind }) => kinds.has(kind));
}

/** Of data whose code is not here and which no store describes: figures of points and modes leave it out. */
const nothingKnown: Truth = { dim: 0, scale: 1 };
