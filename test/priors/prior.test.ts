/** The prior's draws and its cumulative distribution. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import { kolmogorovSmirnov } from '../../src/metrics/latent-uniformity.ts';
import { normalCdf } from '../../src/priors/normal-cdf.ts';
import { priorCdf, samplePrior } from '../../src/priors/prior.ts';

const uniform = { kind: 'uniform', dim: 2, low: -1, high: 3 } as const;
const normal = { kind: 'normal', dim: 3, std: 2 } as const;

describe('normalCdf', () => {
  // scipy.stats.norm.cdf, SciPy 1.17
  test.each([
    [-9, 1.1285884059538324e-19],
    [-7.5, 3.1908916729108844e-14],
    [-6, 9.865876450376946e-10],
    [-3, 0.0013498980316300933],
    [-1.5, 0.06680720126885807],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.3, 0.6179114221889526],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
    [4, 0.9999683287581669],
    [6, 0.9999999990134123],
    [7.9, 0.9999999999999986],
  ])('Φ(%d) agrees with SciPy to 1e-14', (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1e-14);
  });

  test('is a distribution function: 0 … 1, rising, Φ(−x) = 1 − Φ(x); NaN for NaN', () => {
    const real = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(real, real, (a, b) => {
        const [low, high] = [normalCdf(Math.min(a, b)), normalCdf(Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high + 1e-15);
        expect(low).toBeGreaterThanOrEqual(-1e-15);
        expect(high).toBeLessThanOrEqual(1 + 1e-15);
        expect(normalCdf(-a) + normalCdf(a)).toBeCloseTo(1, 14);
      }),
    );
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});

describe('priorCdf', () => {
  test('uniform: a ramp between its bounds', () => {
    expect([-9, -1, 0, 1, 3, 9].map(priorCdf(uniform))).toEqual([0, 0, 0.25, 0.5, 1, 1]);
    expect(priorCdf(uniform)(Number.NaN)).toBeNaN();
  });

  test('normal: Φ(z/σ)', () => {
    expect(priorCdf(normal)(2)).toBeCloseTo(0.8413447460685429, 14);
  });
});

describe('samplePrior', () => {
  test.each([uniform, normal])('$kind draws follow its own cdf in every dimension (KS at the 0.1 % level)', (spec) => {
    const count = 20_000;
    const latents = samplePrior(spec, stream(0, 'latent'), count);
    expect(latents.length).toBe(count * spec.dim);
    for (let d = 0; d < spec.dim; d++) {
      const column = latents.filter((_, i) => i % spec.dim === d).sort();
      expect(kolmogorovSmirnov(column, priorCdf(spec))).toBeLessThan(1.95 / Math.sqrt(count));
    }
  });

  test('the same stream gives the same draws, into a given buffer too', () => {
    const buffer = new Float32Array(9);
    expect(samplePrior(uniform, stream(1, 'latent', 5), 4, buffer)).toBe(buffer);
    expect(buffer.slice(0, 8)).toEqual(samplePrior(uniform, stream(1, 'latent', 5), 4));
    expect(buffer[8]).toBe(0);
  });

  test('bounds without a width are refused', () => {
    const empty = { ...uniform, high: -1 };
    const refusal = new UsageError('latent.high: expected more than latent.low (-1), got -1');
    expect(() => samplePrior(empty, stream(0, 'latent'), 1)).toThrow(refusal);
    expect(() => priorCdf(empty)).toThrow(refusal);
  });
});
