/** Options that sets of pictures take, each with its help, its default and the check of what was typed. */
import { brief } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import type { Typed } from '../prepare/recipe.ts';

export interface SetOption<Value = unknown> {
  /** For the help, without its default. */
  readonly description: string;
  /** A `path` is relative to the caller's folder; a `switch` takes no value. */
  readonly form: 'text' | 'path' | 'switch';
  /** What it is where nothing is typed, for the help. */
  readonly usual?: string;
  /** The value of what was typed after `--name`. Throws UsageError that names it. */
  read(typed: Typed, name: string): Value;
}

const textOf = (typed: Typed): string | undefined => (typeof typed === 'string' ? typed : undefined);

/** A file or folder; absolute by the time it is read. */
export const path = (description: string): SetOption<string | undefined> => ({
  description,
  form: 'path',
  read: textOf,
});

/** The folder or archive that a set is made of. */
export const from = path('Folder (or archive) with the files of the set');

export const flag = (description: string): SetOption<boolean> => ({
  description,
  form: 'switch',
  read: (typed) => typed === true,
});

/** A whole number in a range. */
function whole(description: string, usual: number, range: readonly [number, number]): SetOption<number> {
  return {
    description,
    form: 'text',
    usual: String(usual),
    read: (typed, name) => wholeNumber(name, textOf(typed), usual, range),
  };
}

/** Pixels a side. Below 8 nothing can be seen, above 512 nothing here can train. */
export const pixels = (least = 8, most = 512): SetOption<number> => whole('Pixels a side', 64, [least, most]);

/** How many pictures are drawn. */
export const drawn = (usual: number): SetOption<number> => whole('Pictures to draw', usual, [10, 10_000_000]);

/** Of what is drawn. */
export const seed: SetOption<number> = whole('Seed of what is drawn', 0, [0, 2 ** 32 - 1]);

/** A share, from 0 up to but not including 1. */
export const share = (description: string, usual: number): SetOption<number> => ({
  description,
  form: 'text',
  usual: String(usual),
  read(typed, name) {
    const text = textOf(typed);
    if (text === undefined) return usual;
    const value = Number(text);
    if (!/^[\d.]+$/.test(text.trim()) || !(value >= 0 && value < 1))
      throw new UsageError(`--${name}: expected a share from 0 to below 1, got ${brief(text)}`);
    return value;
  },
});

/** `2s`, `500ms`, `1.5s`, `2m` as milliseconds; 2 s where nothing is typed. */
export const interval = (description: string): SetOption<number> => ({
  description,
  form: 'text',
  usual: '2s',
  read(typed, name) {
    const text = textOf(typed) ?? '2s';
    const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text.trim()) ?? [];
    const milliseconds = Math.round(Number(number) * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1));
    if (unit === '' || milliseconds < 1 || milliseconds > 86_400_000)
      throw new UsageError(`--${name}: expected a time between frames as 2s, 500ms or 1m, got ${brief(text)}`);
    return milliseconds;
  },
});

/** `2s`, `500ms`: what `interval` reads. */
export const intervalText = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
