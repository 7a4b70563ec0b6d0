/** Parses arguments of options. Throws a UsageError of one line that names the option. */
import { didYouMean } from '../base/did-you-mean.ts';
import { representable } from '../base/representable.ts';
import { UsageError } from '../base/usage-error.ts';

export function numberFrom(option: string, typed: string | undefined, usual: number, isAbove: boolean): number {
  if (typed === undefined) return usual;
  const value = representable(typed);
  if (value !== undefined && (isAbove ? value > 0 : value >= 0)) return value;
  throw new UsageError(`--${option}: expected a number ${isAbove ? 'above 0' : 'from 0'}, got '${typed}'`);
}

export function oneOf<Name extends string>(option: string, typed: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === typed);
  if (found !== undefined) return found;
  throw new UsageError(`--${option}: expected ${names.join(' or ')}, got '${typed}'${didYouMean(typed, names)}`);
}

/** Words between commas. */
export function listOf(option: string, typed: string): string[] {
  const words = typed.split(',').map((word) => word.trim());
  if (words.some((word) => word === '')) {
    throw new UsageError(`--${option}: expected words separated by commas, got '${typed}'`);
  }
  return words;
}

/** Different whole numbers from 0, between commas. */
export function indicesOf(option: string, typed: string): number[] {
  const words = listOf(option, typed);
  const bad = words.find((word, at) => !/^\d{1,9}$/.test(word) || words.indexOf(word) < at);
  if (bad === undefined) return words.map(Number);
  throw new UsageError(`--${option}: expected different whole numbers as in 0,1,2, got '${bad}'`);
}
