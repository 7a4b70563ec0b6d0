/** Formats values of metrics, seeds and intervals for tables and pages, the same whatever the machine's locale. */
import { none } from '../base/number-words.ts';
import type { Interval } from '../base/statistics.ts';
import type { ColumnInfo } from '../schema/column-info.ts';

/** With that many decimals, a true minus sign, and no negative zero. */
export function decimalText(value: number, digits: number): string {
  if (Number.isNaN(value)) return none;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A single value of a metric with its unit: `25`, `85.3 %`, `0.051`. */
export function metricText(value: number, info: ColumnInfo): string {
  if (info.unit === 'count' && Number.isInteger(value)) return decimalText(value, 0);
  return `${bareText(value, info)}${info.unit === 'share' && Number.isFinite(value) ? ' %' : ''}`;
}

/** The number alone: per cent for shares, and always with the metric's decimals. */
export function bareText(value: number, { unit, digits }: ColumnInfo): string {
  return decimalText(unit === 'share' ? value * 100 : value, digits);
}

/** `24.5 ± 0.3`, without an error for a single seed; a dash for nothing. */
export function meanText(
  found: { readonly mean: number; readonly standardError: number; readonly seeds: number } | undefined,
  info: ColumnInfo,
): string {
  if (found === undefined) return none;
  return found.seeds > 1
    ? `${bareText(found.mean, info)} ± ${bareText(found.standardError, info)}`
    : bareText(found.mean, info);
}

/** `[24.2, 25.0]` */
export function intervalText({ low, high }: Interval, info: ColumnInfo): string {
  return Number.isNaN(low) || Number.isNaN(high) ? none : `[${bareText(low, info)}, ${bareText(high, info)}]`;
}

/** `+1.8 [0.2, 3.4]`: a difference, with its interval. */
export function differenceText({ mean, low, high }: Interval & { readonly mean: number }, info: ColumnInfo): string {
  if (Number.isNaN(mean)) return none;
  const text = bareText(mean, info);
  const sign = mean > 0 && Number(text) !== 0 ? '+' : '';
  return `${sign}${text} ${intervalText({ low, high }, info)}`;
}

/** Head of a column: `high quality, %`. */
export function titleWithUnit({ title, unit }: ColumnInfo): string {
  return unit === 'share' ? `${title}, %` : title;
}

/** `0…4`, `7, 9`, `0…2, 5`: seeds, ascending. */
export function seedsText(seeds: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seed of seeds) {
    const last = runs.at(-1);
    if (last?.[1] === seed - 1) last[1] = seed;
    else runs.push([seed, seed]);
  }
  return runs
    .map(([first, last]) =>
      first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}…${last}`,
    )
    .join(', ');
}
