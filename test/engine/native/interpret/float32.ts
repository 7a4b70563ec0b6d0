/**
 * float32 arithmetic as the machine does it with denormals flushed: rounded once, to nearest, ties to even. Arguments are
 * float32 numbers; a product of two and its sum with a third are exact enough in double precision to be rounded again.
 */

const smallest = 2 ** -126;
/** Below this a result rounds to less than the smallest normal number, and is flushed. */
const flushed = smallest * (1 - 2 ** -25);

/** A denormal operand counts as 0 of its sign. */
export const operand = (x: number): number => (x !== 0 && x < smallest && x > -smallest ? x * 0 : x);

/** A result in double precision as float32. */
export const rounded = (x: number): number => (x < flushed && x > -flushed ? x * 0 : Math.fround(x));

const double = new Float64Array(1);
/** Its bits, the low half first: x86-64 and arm64 are little-endian. */
const halves = new Int32Array(double.buffer);

/**
 * a · b + c rounded once. The sum in double precision is rounded to odd where it is not exact (Boldo and Melquiond 2008), so
 * that rounding it to float32 is right.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = operand(a) * operand(b); // 48 bits
  const addend = operand(c);
  const sum = product + addend;
  const part = sum - product;
  const error = product - (sum - part) + (addend - part);
  if (error === 0 || !Number.isFinite(sum) || Number.isNaN(error)) return rounded(sum);
  double[0] = sum;
  const [low = 0, high = 0] = halves;
  if ((low & 1) === 0) {
    // Away from 0 where the error has the sum's sign, else towards it; an even last bit becomes odd.
    const away = error > 0 === sum > 0;
    halves[0] = away ? low | 1 : low - 1;
    if (!away && low === 0) halves[1] = high - 1;
  }
  return rounded(double[0] ?? 0);
}

/** To the nearest whole number, ties to even. */
export function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return keepSign(below, x);
  if (rest > 0.5) return keepSign(below + 1, x);
  return Number.isFinite(x) ? keepSign(below % 2 === 0 ? below : below + 1, x) : x;
}

const keepSign = (rounded: number, x: number): number => (rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded);

/** The larger; of two that do not compare, or are zeros, the second: so does the machine. */
export function larger(a: number, b: number): number {
  if (a > b) return a;
  return b;
}

/** The smaller, else as `larger`. */
export function smaller(a: number, b: number): number {
  if (a < b) return a;
  return b;
}
