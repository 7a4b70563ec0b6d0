/** The Fréchet distance of two Gaussians fitted to features. Leaves to others what the features are of. */
import type { Points } from '../../base/points.ts';
import { type Gaussian, gaussianOf } from '../numerics/gaussian-statistics.ts';
import { type Factor, pivotedCholesky } from '../numerics/pivoted-cholesky.ts';
import { rowProducts } from '../numerics/row-products.ts';
import { symmetricEigenvalues } from '../numerics/symmetric-eigenvalues.ts';

/** A Gaussian with a factor of its covariance, Σ = RᵀR: what one side of many comparisons is worth keeping as. */
export interface FactoredGaussian extends Gaussian {
  readonly factor: Factor;
}

/**
 * ‖μ − μ′‖² + tr(Σ + Σ′ − 2(ΣΣ′)^½) (Heusel et al. 2017), features squared; symmetric, 0 for equal sets, never below.
 * It falls with the number of examples: compare figures of equal counts alone. NaN for fewer than two examples on either
 * side and where a feature is not finite.
 */
export function frechetDistance(a: Points, b: Points): number {
  return distanceOfGaussians(factored(gaussianOf(a)), gaussianOf(b));
}

export function factored(gaussian: Gaussian): FactoredGaussian {
  return { ...gaussian, factor: pivotedCholesky(gaussian.covariance, gaussian.mean.length) };
}

/**
 * With Σ = RᵀR the product ΣΣ′ has the eigenvalues of the symmetric RΣ′Rᵀ, and zeros: tr (ΣΣ′)^½ is the sum of their
 * roots. R has a row for each dimension that counts, so constant features cost nothing and add no rounding. Eigenvalues
 * below 0 by rounding count as 0.
 */
export function distanceOfGaussians(a: FactoredGaussian, b: Gaussian): number {
  const dim = a.mean.length;
  if (b.mean.length !== dim) throw new Error(`internal: Gaussians of ${dim} and ${b.mean.length} dimensions`);
  let distance = 0;
  for (let d = 0; d < dim; d++) {
    const apart = (a.mean[d] as number) - (b.mean[d] as number);
    const variances = (a.covariance[d * dim + d] as number) + (b.covariance[d * dim + d] as number);
    distance += apart * apart + variances;
  }
  if (!Number.isFinite(distance)) return Number.NaN;
  return Math.max(0, distance - 2 * crossTrace(a.factor, b.covariance, dim));
}

/** Σ √λ(R Σ′ Rᵀ). */
function crossTrace({ rank, rows }: Factor, covariance: Float64Array, dim: number): number {
  const half = new Float64Array(rank * dim);
  rowProducts(rows, rank, covariance, dim, dim, half); // Σ′ is symmetric: its rows are its columns
  const whole = new Float64Array(rank * rank);
  rowProducts(half, rank, rows, rank, dim, whole);
  let trace = 0;
  for (const value of symmetricEigenvalues(whole, rank)) trace += Math.sqrt(Math.max(0, value));
  return trace;
}
