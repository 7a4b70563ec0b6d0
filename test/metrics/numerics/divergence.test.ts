/** The divergences against SciPy and their edge cases. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jensenShannon, kullbackLeibler } from '../../../src/metrics/numerics/divergence.ts';

const p = Float64Array.of(0.5, 0.25, 0.25, 0);
const q = Float64Array.of(0.1, 0.2, 0.3, 0.4);

test('agree with SciPy 1.17: stats.entropy(p, q), spatial.distance.jensenshannon(p, q)**2', () => {
  expect(kullbackLeibler(p, q)).toBeCloseTo(0.814924454847114, 14);
  expect(jensenShannon(p, q)).toBeCloseTo(0.21393492258457503, 14);
});

test('mass where the other has none: KL is infinite, JS is not', () => {
  expect(kullbackLeibler(q, p)).toBe(Number.POSITIVE_INFINITY);
  expect(jensenShannon(q, p)).toBeCloseTo(jensenShannon(p, q), 14);
  expect(jensenShannon(Float64Array.of(1, 0), Float64Array.of(0, 1))).toBeCloseTo(Math.LN2, 14);
});

test('0 between equal distributions, above it between others, NaN from NaN', () => {
  const distribution = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 }).map((counts) => {
    const sum = counts.reduce((a, b) => a + b);
    return Float64Array.from(counts, (count) => count / sum);
  });
  fc.assert(
    fc.property(distribution, distribution, (a, b) => {
      expect(kullbackLeibler(a, a)).toBe(0);
      const gap = Math.max(...a.map((mass, i) => Math.abs(mass - Number(b[i]))));
      expect(kullbackLeibler(a, b)).toBeGreaterThanOrEqual(2 * gap ** 2 - 1e-12); // Pinsker, ‖·‖₁ ≥ 2·gap
      expect(jensenShannon(a, b)).toBeCloseTo(jensenShannon(b, a), 14);
    }),
  );
  expect(kullbackLeibler(Float64Array.of(Number.NaN, 1), Float64Array.of(0.5, 0.5))).toBeNaN();
});
