/** Ranges that a random search draws settings from: what an experiment and a method declare of their settings. */
import { z } from 'zod';
import { significant } from '../base/number-words.ts';

/** A value of a setting, as an author writes it. */
const setting = z.union([z.number(), z.string().min(1), z.array(z.number()).min(1).readonly()]);

const bounds = { low: z.number(), high: z.number() };
const isAscending = ({ low, high }: { readonly low: number; readonly high: number }): boolean => low < high;

export const rangeSchema = z.discriminatedUnion('range', [
  z
    .strictObject({ range: z.literal('log-uniform'), low: z.number().positive(), high: z.number().positive() })
    .refine(isAscending, { error: 'expected a range that goes up' }),
  z
    .strictObject({ range: z.literal('uniform'), ...bounds })
    .refine(isAscending, { error: 'expected a range that goes up' }),
  z.strictObject({ range: z.literal('choice'), values: z.array(setting).min(1).readonly() }),
]);
export type Range = Readonly<z.infer<typeof rangeSchema>>;

/** Ranges by the dotted paths of a spec. */
export type SearchSpace = Readonly<Record<string, Range>>;

/** The logarithm is uniform: for what matters by its order of magnitude. Both ends above 0. */
export const logUniform = (low: number, high: number): Range => ({ range: 'log-uniform', low, high });

/** Uniform between two numbers. */
export const between = (low: number, high: number): Range => ({ range: 'uniform', low, high });

/** One of the values, each as likely. */
export const choice = (...values: readonly (number | string | readonly number[])[]): Range => ({
  range: 'choice',
  values,
});

/** Digits of a drawn number: it is typed again by people, and nothing depends on the fourth. */
const digits = 3;

/** The text (as `--set` takes it) of the value at `share` of the range, 0 to 1: the inverse of its distribution function. */
export function valueTextAt(range: Range, share: number): string {
  switch (range.range) {
    case 'log-uniform':
      return rounded(range, range.low * (range.high / range.low) ** share);
    case 'uniform':
      return rounded(range, range.low + (range.high - range.low) * share);
    case 'choice': {
      const { values } = range;
      return settingText(values[Math.min(Math.floor(share * values.length), values.length - 1)]);
    }
    default:
      return range satisfies never;
  }
}

/** Rounding does not leave the range. */
const rounded = ({ low, high }: { readonly low: number; readonly high: number }, value: number): string =>
  String(Math.min(high, Math.max(low, significant(value, digits))));

const settingText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `log:0.0003..0.005`, `0..1`, `1,3,5`: as `--search-space` takes it. */
export function rangeText(range: Range): string {
  switch (range.range) {
    case 'log-uniform':
      return `log:${range.low}..${range.high}`;
    case 'uniform':
      return `${range.low}..${range.high}`;
    case 'choice':
      return range.values.map(settingText).join(',');
    default:
      return range satisfies never;
  }
}
