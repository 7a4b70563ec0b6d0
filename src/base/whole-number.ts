/** Parses a whole number that was typed after an option. */

import { brief } from './format-issue.ts';
import { UsageError } from './usage-error.ts';

/**
 * `usual` where nothing was typed. Throws a UsageError of one line that names the option and what is `expected`.
 */
export function wholeNumber(
  option: string,
  typed: string | undefined,
  usual: number,
  [least, most]: readonly [number, number],
  expected = `a whole number from ${least} to ${most}`,
): number {
  if (typed === undefined) return usual;
  const value = Number(typed);
  if (/^\d+$/.test(typed) && value >= least && value <= most) return value;
  throw new UsageError(`--${option}: expected ${expected}, got ${brief(typed)}`);
}
