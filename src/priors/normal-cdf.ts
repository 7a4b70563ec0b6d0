/** Computes the cumulative distribution of the standard normal. */

/** Beyond this many standard deviations the tail (6e-16) is below the rounding of 1. */
const farthest = 8;

/**
 * Φ(x), absolute error below 1e-14: Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …), whose terms all have one sign
 * (Marsaglia 2004, *Evaluating the Normal Distribution*, J. Stat. Softw. 11(4)). NaN for NaN.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > farthest) return 1;
  if (x < -farthest) return 0;
  let term = x;
  let sum = x;
  for (let odd = 3; ; odd += 2) {
    term *= (x * x) / odd;
    if (sum + term === sum) break;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
