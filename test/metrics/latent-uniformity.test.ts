/** The Kolmogorov–Smirnov statistic against SciPy, and its columns. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { kolmogorovSmirnov, latentUniformityValues } from '../../src/metrics/latent-uniformity.ts';
import { priorCdf, samplePrior } from '../../src/priors/prior.ts';
import { inputs, points, truth } from './inputs.ts';

const uniform = { kind: 'uniform', dim: 2, low: -1, high: 1 } as const;
const dataset = truth({});

test('agrees with scipy.stats.kstest (SciPy 1.17) against U(−1, 1) and N(0, 1)', () => {
  const values = Float32Array.of(-0.9, -0.35, -0.3, 0.05, 0.1, 0.2, 0.8);
  expect(kolmogorovSmirnov(values, priorCdf(uniform))).toBeCloseTo(0.2571428571428571, 7);
  expect(kolmogorovSmirnov(values, priorCdf({ kind: 'normal', dim: 1, std: 1 }))).toBeCloseTo(0.2778831477037541, 7);
});

test('worst and mean dimension by hand: all codes at 0 miss half the mass, codes at the low end all of it', () => {
  const encoded = points([0, -1], [0, -1], [0, -1]);
  expect(latentUniformityValues(inputs({ dataset, encoded }))).toEqual({ latentKS: 1, latentKSMean: 0.75 });
});

test('codes that follow the prior are near 0.87/√n', () => {
  const count = 10_000;
  const encoded = { values: samplePrior(uniform, stream(0, 'latent'), count), count, dim: 2 };
  const { latentKS = 1, latentKSMean = 1 } = latentUniformityValues(inputs({ dataset, encoded }));
  expect(latentKS).toBeLessThan(1.95 / Math.sqrt(count)); // the 0.1 % level
  expect(latentKSMean).toBeLessThanOrEqual(latentKS);
  expect(latentKSMean).toBeGreaterThan(0.3 / Math.sqrt(count)); // nothing random is that even
});

test('between 1/2n and 1 for any codes, whatever their order', () => {
  const row = fc.tuple(fc.float({ noNaN: true }), fc.float({ min: -1, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const values = latentUniformityValues(inputs({ dataset, encoded: points(...rows) }));
      expect(values).toEqual(latentUniformityValues(inputs({ dataset, encoded: points(...rows.toReversed()) })));
      expect(values.latentKSMean).toBeGreaterThanOrEqual(1 / (2 * rows.length) - 1e-12);
      expect(values.latentKS).toBeLessThanOrEqual(1);
    }),
  );
});

test('NaN from codes that are NaN; nothing without an encoder', () => {
  const encoded = points([Number.NaN, 0], [0, 0.5]);
  expect(latentUniformityValues(inputs({ dataset, encoded }))).toEqual({
    latentKS: Number.NaN,
    latentKSMean: Number.NaN,
  });
  expect(latentUniformityValues(inputs({ dataset }))).toEqual({});
});
