/** Tests whether E(x) follows the prior, each dimension on its own; dependence between dimensions is not seen. */

import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';

/**
 * Kolmogorov–Smirnov statistic of E(x) `[count, latent dim]` against the prior, 0 (the same law) to 1.
 *
 * - `latentKS`: of the worst dimension.
 * - `latentKSMean`: mean over dimensions.
 *
 * A perfect encoder is not at 0 but near 0.87/√n a dimension. NaN where E(x) is.
 */
export function latentUniformityValues({ encoded, priorCdf }: EvaluationInputs): Values {
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

/** How near E(x) is to the prior, dimension by dimension. */
export const latentUniformity = defineMetric({
  kind: 'latent-uniformity',
  description: 'Kolmogorov–Smirnov distance of E(x) from the prior: worst dimension and mean',
  source: 'the one-sample Kolmogorov–Smirnov statistic, as in Massey 1951',
  columns: [
    {
      name: 'latentKS',
      title: 'latent KS',
      unit: 'number',
      digits: 3,
      better: 'less',
      role: 'balance',
      place: 300,
      terminal: { head: ['latent', 'KS'], rank: 5.5 },
    },
    {
      name: 'latentKSMean',
      title: 'latent KS, mean',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 310,
      terminal: false,
    },
  ],
  compute: latentUniformityValues,
});
