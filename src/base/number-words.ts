/** Formats numbers and lists as words of messages, tables and pages, the same in every locale. */

/** Shown where a value does not exist. */
export const none = '–';

/** 8000 → `8,000`. */
export function countText(value: number): string {
  return value.toLocaleString('en-GB');
}

/** `1 trial`, `1,200 trials`. */
export function plural(value: number, noun: string): string {
  return `${countText(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `a, b and c`: lists in a sentence. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A number rounded to that many significant digits. */
export const significant = (value: number, digits: number): number => Number(value.toPrecision(digits));
