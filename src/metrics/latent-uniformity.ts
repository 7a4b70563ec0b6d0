/** Does E(x) follow the prior? Each dimension on its own; dependence between dimensions is not seen. */
import type { Evidence, Values } from './measure.ts';

/**
 * Kolmogorov–Smirnov statistic of E(x) against the prior, 0 (the same law) to 1: `latentKS` is the worst dimension's,
 * `latentKSMean` the mean over dimensions. A perfect encoder is not at 0 but near 0.87/√n a dimension. NaN where E(x) is.
 */
export function latentUniformity({ encoded, priorCdf }: Evidence): Values {
  if (encoded === undefined) return {};
  const { values, count, dim } = encoded;
  const column = new Float32Array(count);
  let worst = 0;
  let total = 0;
  for (let d = 0; d < dim; d++) {
    for (let i = 0; i < count; i++) column[i] = values[i * dim + d] as number;
    const statistic = kolmogorovSmirnov(column.sort(), priorCdf);
    worst = Math.max(worst, statistic);
    total += statistic;
  }
  return { latentKS: worst, latentKSMean: total / dim };
}

/** sup |Fₙ − F| of values in ascending order: the step function is furthest from F just before or at a value. */
export function kolmogorovSmirnov(ascending: Float32Array, cdf: (value: number) => number): number {
  const n = ascending.length;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const expected = cdf(ascending[i] as number);
    largest = Math.max(largest, (i + 1) / n - expected, expected - i / n);
  }
  return largest;
}
