/** Finds the groups of a report that differ in a swept parameter alone. */
import { groupBy } from '../../base/collections.ts';
import { isDeclaredAt } from '../../summary/groups.ts';
import { pathText, valueText } from '../../summary/spec-text.ts';
import type { Figure, FigureMaker, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';

/** The groups of one method along one parameter (or over two), all else alike. */
export interface Sweep {
  readonly method: Group['method'];
  readonly groups: readonly Group[];
}

/** A report has figures for this many swept parameters. */
const most = 4;

/** The paths along which a method has two values or more, the first few. */
export const sweptPaths = (data: ReportData): string[] =>
  data.swept.filter((path) => sweepsOf(data, path).length > 0).slice(0, most);

/** Makers of a figure for the first, second … of those paths. */
export const aFigureAPath = (
  make: (data: ReportData, layout: Layout, path: string) => Figure | undefined,
): readonly FigureMaker[] =>
  Array.from({ length: most }, (_, index) => (data, layout) => {
    const path = sweptPaths(data)[index];
    return path === undefined ? undefined : make(data, layout, path);
  });

/** `λ 0.1`, or of several methods `bigan-pgp, λ 0.1`; what the experiment declares is called so. */
export function valueLabel(data: ReportData, group: Group, path: string, methods = 1): string {
  const value = `${pathText(path, data.swept)} ${valueText(group.settings[path])}`;
  const declared = isDeclaredAt(data, group, path) ? ' (declared)' : '';
  return `${methods > 1 ? `${group.method}, ` : ''}${value}${declared}`;
}

/** For each method that has the parameter at two values or more. */
export function sweepsOf(data: ReportData, path: string): Sweep[] {
  return longest(data, [path], (groups) => valuesOf(groups, path));
}

/** For each method with groups over two parameters, where they make more than a line. */
export function gridsOf(data: ReportData, first: string, second: string): Sweep[] {
  return longest(data, [first, second], (groups) => {
    const lines = Math.min(valuesOf(groups, first), valuesOf(groups, second));
    return lines > 1 && groups.length > 3 ? groups.length : 0;
  });
}

/** Groups of the main comparison whose method does not have the parameter: what it is measured against. */
export const withoutIt = ({ main }: ReportData, path: string): Group[] =>
  main.filter(({ settings }) => !(path in settings));

const valuesOf = (groups: readonly Group[], path: string): number =>
  new Set(groups.map(({ settings }) => JSON.stringify(settings[path]))).size;

/**
 * For each method the family of groups, alike in all but `free`, that has most values (`size`, at least 2); the main
 * comparison's among equals: a sweep may have been run in another setting than the comparison.
 */
function longest(data: ReportData, free: readonly string[], size: (groups: readonly Group[]) => number): Sweep[] {
  const { main, groups, swept, apart } = data;
  const fixed = [...swept, ...apart].filter((path) => !free.includes(path));
  const rest = ({ preset, settings }: Group) =>
    JSON.stringify([preset, ...fixed.map((path) => settings[path] ?? null)]);
  return [...new Set(groups.map(({ method }) => method))].flatMap((method): Sweep[] => {
    const own = groups.filter((group) => group.method === method && free.every((path) => path in group.settings));
    const families = groupBy(own, rest);
    const isMain = (family: readonly Group[]) => family.some(({ key }) => main.some((group) => group.key === key));
    const [best = []] = [...families.values()].sort(
      (a, b) => size(b) - size(a) || Number(isMain(b)) - Number(isMain(a)),
    );
    return size(best) > 1 ? [{ method, groups: best }] : [];
  });
}

export type Values =
  | {
      readonly kind: 'numbers';
      readonly values: readonly number[];
      readonly scale: 'linear' | 'log' | 'symlog';
      readonly constant: number;
    }
  | { readonly kind: 'words' };

/** From this ratio of the largest to the smallest on, values are drawn on a logarithmic axis. */
const decades = 20;

/** How to lay values out on an axis: logarithmic where they span decades, with room for zero where it is among them. */
export function axisFor(settings: readonly unknown[]): Values {
  const numbers = settings.filter((value): value is number => typeof value === 'number');
  if (numbers.length < settings.length) return { kind: 'words' };
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  const positive = values.filter((value) => value > 0);
  const [least = 1] = positive;
  const spans = (positive.at(-1) ?? 1) / least >= decades;
  const lowest = values[0] ?? 0;
  const scale = !spans || lowest < 0 ? 'linear' : lowest === 0 ? 'symlog' : 'log';
  return { kind: 'numbers', values, scale, constant: least };
}
