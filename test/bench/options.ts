/** What the words of the benchmarks' options mean. Throws UsageError, one line. */
import { didYouMean } from '../../src/experiment/nearest.ts';
import { UsageError } from '../../src/spec/usage-error.ts';
import { type Contender, contenders } from './contenders/contenders.ts';

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

export const widthsFrom = (list: string): number[] =>
  list.split(',').map((word) => positive('--widths', word.trim(), 'whole'));

/** In the order of `contenders`, whatever the order of the names; `compiled`, which all are compared with, always. */
export function contendersNamed(list: string | undefined): readonly Contender[] {
  if (list === undefined) return contenders;
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
