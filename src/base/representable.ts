/** Numbers as text and JSON can say them. */

/** The decimal number that `text` says; `undefined` where it says none, or where it would become infinite or, not being 0, become 0. */
export function representable(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const isLost = value === 0 && /^[^e]*[1-9]/i.test(text);
  return Number.isFinite(value) && !isLost ? value : undefined;
}

/** What JSON can say of a number: null where it is not finite, or not there. */
export const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
