/** Holds what the figures share: the frame of a spec, colours of groups, small multiples that fit a layout, numbers for JSON. */
import type { TopLevelSpec } from 'vega-lite';
import type { Field, PositionFieldDef } from 'vega-lite/types_unstable/channeldef.js';
import type { LayerSpec } from 'vega-lite/types_unstable/spec/layer.js';
import type { UnitSpec } from 'vega-lite/types_unstable/spec/unit.js';
import { listed, significant } from '../../base/number-words.ts';
import type { ColumnInfo, ColumnRole } from '../../schema/column-info.ts';
import { averageWarning, firstShare, lagsBehind, readAs } from '../../summary/average.ts';
import { type Columns, columnInfo, columnsOfRole } from '../../summary/column-info.ts';
import { type Statistic, statisticOf } from '../../summary/statistics.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { theme } from '../theme.ts';

/** A layer of a panel. */
export type Layer = LayerSpec<Field> | UnitSpec<Field>;

/** How a position is drawn. */
export type Axis = Pick<PositionFieldDef<Field>, 'scale' | 'axis'>;

/** A row of inline data: JSON has no NaN, so what is not defined is null. */
export type Row = Readonly<Record<string, Cell | readonly Cell[]>>;
export type Cell = number | string | boolean | null;

/** The figure with the version of Vega-Lite and the theme in its spec, so that it opens anywhere. */
export function figureOf(parts: Figure): Figure {
  // The spread of a union loses which member it is; adding keys that every member has changes none.
  const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', config: theme, ...parts.spec };
  return { ...parts, spec: spec as TopLevelSpec };
}

/** To `digits` significant ones, so that data stay small; null for what is not finite. */
export function rounded(value: number | undefined, digits = 4): number | null {
  return value !== undefined && Number.isFinite(value) ? significant(value, digits) : null;
}

/** One colour a group, the method's; `field` holds the group's label. */
export function colourScale(groups: readonly Group[]): { domain: string[]; range: string[] } {
  return { domain: groups.map(({ label }) => label), range: groups.map(({ colour }) => colour) };
}

/** The groups that figures compare, one a method and so called by the method alone; their settings go into `settingsNote`. */
export function compared({ main }: ReportData): Group[] {
  return main.map((group) => ({ ...group, label: group.method }));
}

/** Where the report holds other settings too: which ones a figure shows, as a sentence with a space before it. */
export function settingsNote({ main }: ReportData): string {
  const told = main.filter(({ label, method }) => label !== method).map(({ label }) => label);
  return told.length === 0 ? '' : ` Shown: ${listed(told)}.`;
}

/** How D is shown where it looks at several examples at once; '' where none does. */
export function packingNote({ main }: ReportData): string {
  const notes = main.flatMap(({ label, trials }) => {
    const packing = trials[0]?.record.packing;
    return packing === undefined
      ? []
      : [` D of ${label} looks at ${packing} examples at once: every point beside itself.`];
  });
  return notes.join('');
}

/** What a stochastic encoder is given where E(x) is drawn; '' where none is. */
export function noiseNote({ main }: ReportData): string {
  const notes = main.flatMap(({ label, trials }) => {
    const noise = trials[0]?.record.spec.encoder?.noise ?? 0;
    return noise === 0
      ? []
      : [
          ` E of ${label} looks at ${noise} numbers of noise: 0 where D(x, E(x)) is drawn over all x, else drawn from the trial’s seed.`,
        ];
  });
  return notes.join('');
}

/** The order of panels and rows: as the groups come. */
export const labelsOf = (groups: readonly Group[]): string[] => groups.map(({ label }) => label);

/** A panel a group, in their order, under its label: rows carry it as `group`. */
export const panelsOf = (labels: readonly string[], columns: number) => ({
  facet: { field: 'group', type: 'nominal' as const, sort: [...labels], header: { title: null } },
  columns,
  spacing,
});

/** Pixels that the labels and the title of an axis take. */
const axisRoom = 60;
/** Pixels between panels. */
export const spacing = 14;

/**
 * Small multiples: as many columns as fit panels of at least `least` pixels, at most `most` of them, no panel above 320.
 * Panels of one facet share the axes at its edge; those with axes of their `own` need room for each.
 */
export function panels(
  { width }: Layout,
  count: number,
  { least = 200, most = 4, own = false } = {},
): { columns: number; size: number } {
  const room = own ? width + spacing : width - axisRoom + spacing;
  const each = own ? axisRoom + spacing : spacing;
  const few = Math.max(1, Math.min(count, Math.floor(room / (least + each)), most));
  // four panels stand better two by two than as three and one
  const columns = Math.ceil(count / Math.ceil(count / few));
  return { columns, size: Math.min(320, Math.floor(room / columns) - each) };
}

/** For panels with axes of their own: a regular grid, whatever the words beside them measure. */
export const ownAxes = {
  bounds: 'flush' as const,
  spacing: { column: axisRoom + spacing, row: axisRoom + 2 * spacing },
};

/** Trials with a metric at the end: NaN where it is not defined; diverged ones too, where they have a number. */
export function finals(group: Group, metric: string): { trial: ReportTrial; value: number }[] {
  return group.trials.flatMap((trial) => {
    const { metrics, status } = trial.record;
    const value = metrics[metric];
    return value !== undefined && (status === 'done' || Number.isFinite(value)) ? [{ trial, value }] : [];
  });
}

/** A metric over a group's finished seeds; `undefined` where none has it. */
export const finalOf = ({ done }: Group, metric: string): Statistic | undefined =>
  statisticOf(
    done.map(({ record }) => record),
    metric,
  );

/** Whether any of the groups has a number for a metric at the end. */
export const isMeasured = (groups: readonly Group[], metric: string): boolean =>
  groups.some((group) => finals(group, metric).some(({ value }) => Number.isFinite(value)));

/**
 * Those of `columns` that the groups have numbers for, as figures read them: of the weights themselves where their moving
 * average lags behind.
 */
export function readColumns(
  groups: readonly Group[],
  columns: readonly ColumnInfo[],
  described: Columns,
): ColumnInfo[] {
  const specs = groups.map(({ spec }) => spec);
  const isThere = (name: string) => isMeasured(groups, name);
  const names = columns.map(({ name }) => readAs(name, specs, isThere)).filter(isThere);
  return names.map((name) => columnInfo(name, described));
}

/** The same of the columns of a role: the first leads. */
export const readRole = (groups: readonly Group[], role: ColumnRole, described: Columns): ColumnInfo[] =>
  readColumns(
    groups,
    columnsOfRole(role, () => true, described),
    described,
  );

/** Where the average of the weights lags behind and figures show the weights themselves: a sentence with a space before it. */
export function lagNote(groups: readonly Group[]): string {
  const warning = averageWarning(groups.map(({ spec }) => spec));
  return warning === undefined ? '' : ` ${warning}`;
}

/** What curves over training are measured on, where that is not the weights themselves. */
export function averageNote(groups: readonly Group[]): string {
  const decay = groups[0]?.spec.training.average ?? 0;
  const usual =
    decay > 0
      ? ` Measured on a moving average of the weights (${decay}), which lags behind the weights themselves.`
      : '';
  return lagNote(groups) || usual;
}

/** For figures of samples, of which there are none of the weights themselves: whether their average lags behind, and the settings. */
export function samplesNote(data: ReportData): string {
  const late = data.main.map(({ spec }) => spec).filter(lagsBehind);
  const share = late.length === 0 ? '' : firstShare(late);
  const warning = share && ` Drawn with the averaged weights, of which up to ${share} are still those before training.`;
  return `${warning}${settingsNote(data)}`;
}

/** An axis from nothing to all there is: a tick at `all` of a count, per cent of a share. */
export function amountAxis({ title, unit }: ColumnInfo, all: number, { width }: Layout): NonNullable<Axis['axis']> {
  if (unit === 'share') return { title, format: '%', tickCount: 5 };
  return { title: `${title}, of ${all}`, values: countTicks(all, width < 500 ? 5 : 10), format: '~r' };
}

/** Whole steps, at most `count` of them, and `all`. */
function countTicks(all: number, count: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => all / size <= count) ?? all;
  const ticks = Array.from({ length: Math.ceil(all / step) }, (_, index) => index * step);
  return [...ticks.filter((tick) => all - tick >= 0.6 * step), all];
}

/** With a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
