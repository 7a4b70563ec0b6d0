/** Formats values of metrics, seeds and intervals for tables and pages, the same whatever the machine's locale. */
import { none } from '../base/number-words.ts';
import type { Interval } from '../base/statistics.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { Difference, Statistic } from './statistics.ts';

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

/** What `meanText` reads of a statistic. */
type Mean = Pick<Statistic, 'mean' | 'standardError' | 'seeds' | 'of'>;

/** `24.5 ± 0.3`, without an error for a single seed, of how many where not every seed has a value; a dash for nothing. */
export function meanText(found: Mean | undefined, info: ColumnInfo): string {
  if (found === undefined) return none;
  const error = found.seeds > 1 ? ` ± ${bareText(found.standardError, info)}` : '';
  return `${bareText(found.mean, info)}${error}${partText(found)}`;
}

/** ` (7 of 9)`: over how many of the seeds that are done; '' for all. */
export const partText = ({ seeds, of }: Pick<Mean, 'seeds' | 'of'>): string =>
  seeds === of ? '' : ` (${seeds} of ${of})`;

/** The worst seed's value. */
export function worstText(statistic: Statistic, info: ColumnInfo): string {
  const worst = statistic.worst(info);
  return Number.isNaN(worst) ? 'not defined' : bareText(worst, info);
}

/** `[24.2, 25.0]` */
export function intervalText({ low, high }: Interval, info: ColumnInfo): string {
  return Number.isNaN(low) || Number.isNaN(high) ? none : `[${bareText(low, info)}, ${bareText(high, info)}]`;
}

/** `+1.8 [0.2, 3.4]`: a difference, with its interval and, where some seeds have no value, how many pairs it is of. */
export function differenceText({ mean, low, high, seeds, of }: Difference, info: ColumnInfo): string {
  const pairs = seeds.length === of ? '' : ` (${seeds.length} of ${of})`;
  if (Number.isNaN(mean)) return `${none}${pairs}`;
  const text = bareText(mean, info);
  const sign = mean > 0 && Number(text) !== 0 ? '+' : '';
  return `${sign}${text} ${intervalText({ low, high }, info)}${pairs}`;
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
