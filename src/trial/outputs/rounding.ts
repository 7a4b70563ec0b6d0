/** Rounds float32 numbers to the digits that files keep. */
import { significant } from '../../base/number-words.ts';

/** Six significant digits: what float32 is sure of, so that rounding again, after float32 or before, changes nothing. */
export const sixDigits = (value: number): number => significant(Math.fround(value), 6);

/** Five: enough for a picture, and a fifth less to store. */
export const fiveDigits = (value: number): number => significant(value, 5);
