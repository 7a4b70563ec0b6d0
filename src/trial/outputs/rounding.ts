/** How many digits files keep of float32 numbers. */

/** Six significant digits: what float32 is sure of, so that rounding again, after float32 or before, changes nothing. */
export const sixDigits = (value: number): number => Number(Math.fround(value).toPrecision(6));

/** Five: enough for a picture, and a fifth less to store. */
export const fiveDigits = (value: number): number => Number(value.toPrecision(5));
