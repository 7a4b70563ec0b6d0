/** A whole number that was typed after an option. */

import { brief } from './format-issue.ts';
import { UsageError } from './usage-error.ts';

/** `usual` where nothing was typed. Throws a UsageError of one line that names the option. */
export function wholeNumber(
  option: string,
  typed: string | undefined,
  usual: number,
  [least, most]: readonly [number, number],
): number {
  if (typed === undefined) return usual;
  const value = Number(typed);
  if (/^\d+$/.test(typed) && value >= least && value <= most) return value;
  throw new UsageError(`--${option}: expected a whole number from ${least} to ${most}, got ${brief(typed)}`);
}
