/** Reads decimal numbers as the user means them: one that is too large or too small for 64 bits is none. */

/** The number that `text` says; `undefined` where it says none, or where it would become infinite or, not being 0, become 0. */
export function representable(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const isLost = value === 0 && /^[^e]*[1-9]/i.test(text);
  return Number.isFinite(value) && !isLost ? value : undefined;
}
