/** Parses JSON from a file that may be damaged or foreign. Checking the content is left to a schema. */

/** Files of ours nest less than ten levels. What reads a value afterwards does so by recursion, which ends somewhere. */
const mostLevels = 64;

/**
 * Throws an Error of a few words, without the file's name, where the text is no JSON, nests more deeply than any file of
 * ours, or has a number so large that JavaScript takes it for infinite.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(text.trim() === '' ? 'empty' : 'not JSON (cut short?)');
  }
  walk(value, mostLevels);
  return value;
}

function walk(value: unknown, levels: number): void {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    throw new Error('expected numbers below 1.8e308, one is larger');
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) throw new Error(`expected at most ${mostLevels} levels of lists and objects`);
  for (const part of Object.values(value)) walk(part, levels - 1);
}
