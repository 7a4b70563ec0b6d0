/** Parses options of recipes. */
import { brief } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';

/** `--size`: pixels a side. Below 8 nothing can be seen, above 512 nothing here can train. */
export function pictureSize(typed: string | undefined, range: readonly [number, number] = [8, 512]): number {
  return wholeNumber('size', typed, 64, range);
}

/** `--empty`: a share, from 0 up to but not including 1. */
export function share(option: string, typed: string | undefined, usual: number): number {
  if (typed === undefined) return usual;
  const value = Number(typed);
  if (!/^[\d.]+$/.test(typed.trim()) || !(value >= 0 && value < 1))
    throw new UsageError(`--${option}: expected a share from 0 to below 1, got ${brief(typed)}`);
  return value;
}

/** `--every`: `2s`, `500ms`, `1.5s`, `2m` as milliseconds. */
export function interval(typed: string | undefined): number {
  if (typed === undefined) return 2000;
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(typed.trim()) ?? [];
  const milliseconds = Math.round(Number(number) * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1));
  if (unit === '' || milliseconds < 1 || milliseconds > 86_400_000)
    throw new UsageError(`--every: expected a time between frames as 2s, 500ms or 1m, got ${brief(typed)}`);
  return milliseconds;
}

/** `2s`, `500ms`: what `interval` reads. */
export const intervalText = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
