/** What the figures share: the frame of a spec, colours of groups, small multiples that fit a layout, numbers for JSON. */
import type { TopLevelSpec } from 'vega-lite';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportTrial } from '../load.ts';
import { methodColours } from '../palette.ts';
import { theme } from '../theme.ts';

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
  return value !== undefined && Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** One colour a group, the method's; `field` holds the group's label. */
export function colourScale(groups: readonly Group[]): { domain: string[]; range: string[] } {
  return { domain: groups.map(({ label }) => label), range: groups.map(({ method }) => methodColours[method]) };
}

/** The order of panels and rows: as the groups come. */
export const labelsOf = (groups: readonly Group[]): string[] => groups.map(({ label }) => label);

/** Room that a panel's own axis labels and title take beside and below it, pixels. */
const gutter = 54;

/** Small multiples: as many columns as fit panels of at least `least` pixels, at most `most` columns, no wider than 320. */
export function panels(
  layout: Layout,
  count: number,
  { least = 200, most = 4 } = {},
): { columns: number; size: number } {
  const fitting = Math.max(1, Math.floor(layout.width / (least + gutter)));
  const few = Math.max(1, Math.min(count, fitting, most));
  // four panels stand better two by two than as three and one
  const columns = count > few ? Math.ceil(count / Math.ceil(count / few)) : few;
  return { columns, size: Math.min(320, Math.floor(layout.width / columns) - gutter) };
}

/** Trials that have a number for a metric at the end, with it; diverged ones too. */
export function finals(group: Group, metric: string): { trial: ReportTrial; value: number }[] {
  return group.trials.flatMap((trial) => {
    const value = trial.record.metrics[metric];
    return value !== undefined && Number.isFinite(value) ? [{ trial, value }] : [];
  });
}

/** `25 of 25`, `a, b and c`: lists in a sentence. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
