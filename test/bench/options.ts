/** What the words of the benchmarks' options mean. Throws UsageError, one line. */
import { didYouMean } from '../../src/base/did-you-mean.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import type { Contender } from './contenders/contenders.ts';

/** A number above 0; `whole` refuses fractions. */
export function positive(option: string, word: string, kind: 'whole' | 'any' = 'any'): number {
  const value = Number(word);
  const fits = Number.isFinite(value) && value > 0 && (kind === 'any' || Number.isSafeInteger(value));
  if (!fits)
    throw new UsageError(
      `${option}: expected ${kind === 'whole' ? 'a whole number' : 'a number'} above 0, got '${word}'`,
    );
  return value;
}

/** Whole numbers with commas between them. */
export const sizesFrom = (option: string, list: string): number[] =>
  list.split(',').map((word) => positive(option, word.trim(), 'whole'));

/** One of these names. */
export function oneOf<const Name extends string>(option: string, word: string, names: readonly Name[]): Name {
  const name = names.find((known) => known === word);
  if (name !== undefined) return name;
  throw new UsageError(`${option}: expected ${names.join(', ')}, got '${word}'${didYouMean(word, names)}`);
}

/**
 * In the order of `contenders`, whatever the order of the names; the first, which all are compared with, always. Without
 * names all but those that run where they are named alone.
 */
export function contendersNamed(list: string | undefined, contenders: readonly Contender[]): readonly Contender[] {
  if (list === undefined) return contenders.filter(({ onlyNamed }) => !onlyNamed);
  const known = contenders.map(({ name }) => name);
  const names = list.split(',').map((word) => word.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--contenders: unknown '${unknown}'${didYouMean(unknown, known)} (expected some of ${known.join(', ')})`,
    );
  }
  return contenders.filter(({ name }, index) => index === 0 || names.includes(name));
}
