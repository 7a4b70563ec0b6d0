/** Divergences between two discrete distributions over the same outcomes, in nats. */

/** KL(p ‖ q) = Σ pᵢ ln(pᵢ/qᵢ) with 0·ln 0 = 0; Infinity where p has mass and q has none. Both add up to 1. */
export function kullbackLeibler(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const mass = p[i] as number;
    if (mass !== 0) sum += mass * Math.log(mass / (q[i] as number));
  }
  // exactly 0 for equal distributions, and never below it by rounding
  return Number.isNaN(sum) ? sum : Math.max(0, sum);
}

/** ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = (p + q)/2: symmetric, between 0 and ln 2. (SciPy's `jensenshannon` is its root.) */
export function jensenShannon(p: Float64Array, q: Float64Array): number {
  const middle = p.map((mass, i) => (mass + (q[i] as number)) / 2);
  return (kullbackLeibler(p, middle) + kullbackLeibler(q, middle)) / 2;
}
