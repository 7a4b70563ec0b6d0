/** Numbers in words, the same whatever the browser's language. */
import type { TrialRow, WallColumn } from '../wire.ts';

export const countText = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 0 });

/** `25`, `85.3 %`, `0.051`, `–` for nothing. */
export function valueText(value: number | null | undefined, { unit, digits }: WallColumn): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'count' && Number.isInteger(value)) return countText(value);
  return unit === 'share' ? `${(100 * value).toFixed(digits)} %` : value.toFixed(digits).replace('-', '−');
}

/** With how much there is to be reached: `7 of 8`. */
export const valueOfMost = (value: number | null | undefined, column: WallColumn): string =>
  `${valueText(value, column)}${typeof value === 'number' && column.unit === 'count' && column.most !== undefined ? ` of ${countText(column.most)}` : ''}`;

/** `8 s`, `3 min`, `1 h 20 min`. */
export function secondsText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

export function secondsLeft({ state, step, steps, stepsPerSecond }: TrialRow): number | undefined {
  if (state !== 'running' || steps === undefined || !stepsPerSecond) return undefined;
  return (steps - step) / stepsPerSecond;
}

export const plural = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
