/** `--seeds`: a count, a list, a range, or a list of ranges. */

import { brief } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';

const most = 100_000;

/**
 * `5` → 0…4; `7,9` → 7, 9; `10..14` → 10…14; `1,4..6` → 1, 4, 5, 6; `7..7` → 7 alone. In the order given.
 * Throws UsageError for anything else, for a seed named twice and for more than 100,000 seeds.
 */
export function parseSeeds(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  const [first = ''] = parts;
  if (parts.length === 1 && /^\d+$/.test(first)) {
    const count = whole(first, text);
    if (count === 0)
      throw new UsageError("--seeds: expected at least one seed, got '0' (a bare number is a count: 1 means seed 0)");
    if (count > most) throw tooMany(text);
    return Array.from({ length: count }, (_, seed) => seed);
  }
  const seeds = new Set<number>();
  for (const part of parts) {
    const [, from, to] = /^(\d+)(?:\.\.(\d+))?$/.exec(part) ?? [];
    if (from === undefined) throw malformed(text);
    const low = whole(from, text);
    const high = to === undefined ? low : whole(to, text);
    if (high < low)
      throw new UsageError(`--seeds: the range ${low}..${high} goes down; did you mean '${high}..${low}'?`);
    if (seeds.size + (high - low + 1) > most) throw tooMany(text);
    for (let seed = low; seed <= high; seed++) {
      if (seeds.has(seed)) throw new UsageError(`--seeds: seed ${seed} is named twice in ${brief(text)}`);
      seeds.add(seed);
    }
  }
  return [...seeds];
}

function whole(digits: string, text: string): number {
  const value = Number(digits);
  if (!Number.isSafeInteger(value))
    throw new UsageError(`--seeds: ${brief(text)} has a seed above ${Number.MAX_SAFE_INTEGER}`);
  return value;
}

const malformed = (text: string): UsageError =>
  new UsageError(
    `--seeds: expected a count (5), a list (7,9) or a range (10..14) of whole numbers from 0, got ${brief(text)}`,
  );

const tooMany = (text: string): UsageError =>
  new UsageError(`--seeds: expected at most ${most} seeds, got ${brief(text)}`);
