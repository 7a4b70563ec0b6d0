/** What a report's groups say of a swept parameter: which of them differ in it alone. */
import type { Group, ReportData } from '../load.ts';

/** The groups of one method along one parameter, everything else as in the main comparison. Ascending values. */
export interface Sweep {
  readonly method: Group['method'];
  readonly groups: readonly Group[];
}

/** For each method that has the parameter at two values or more. */
export function sweepsOf(data: ReportData, path: string): Sweep[] {
  return methodsOf(data).flatMap((method) => {
    const base = baseOf(data, method, path);
    if (base === undefined) return [];
    const groups = data.groups.filter(
      (group) => group.method === method && path in group.settings && alike(group, base, data.swept, [path]),
    );
    return new Set(groups.map(({ settings }) => JSON.stringify(settings[path]))).size > 1 ? [{ method, groups }] : [];
  });
}

/** The groups of one method over two parameters, where they make more than a line. */
export function gridsOf(data: ReportData, first: string, second: string): Sweep[] {
  return methodsOf(data).flatMap((method) => {
    const base = baseOf(data, method, first);
    if (base === undefined || !(second in base.settings)) return [];
    const groups = data.groups.filter(
      (group) => group.method === method && first in group.settings && alike(group, base, data.swept, [first, second]),
    );
    const distinct = (path: string) => new Set(groups.map(({ settings }) => JSON.stringify(settings[path]))).size;
    return distinct(first) > 1 && distinct(second) > 1 && groups.length > 3 ? [{ method, groups }] : [];
  });
}

/** Groups of the main comparison whose method does not have the parameter: what it is measured against. */
export const withoutIt = ({ main }: ReportData, path: string): Group[] =>
  main.filter(({ settings }) => !(path in settings));

const methodsOf = ({ groups }: ReportData): Group['method'][] => [...new Set(groups.map(({ method }) => method))];

/** Everything but the swept parameter is as in this group. */
function baseOf({ main, groups }: ReportData, method: string, path: string): Group | undefined {
  return [...main, ...groups].find((group) => group.method === method && path in group.settings);
}

/** Whether two groups agree in preset and in all that is swept but `free`. */
function alike(a: Group, b: Group, swept: readonly string[], free: readonly string[]): boolean {
  const fixed = swept.filter((path) => !free.includes(path));
  return (
    a.preset === b.preset &&
    fixed.every((path) => JSON.stringify(a.settings[path]) === JSON.stringify(b.settings[path]))
  );
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
