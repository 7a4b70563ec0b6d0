/** Modes from Gaussians that are described one by one; the σ of a mode along each axis. */
import { UsageError } from '../base/usage-error.ts';
import type { Modes } from './dataset.ts';

export type Gaussian = {
  readonly centre: readonly number[];
  /** Relative to the others. */
  readonly weight: number;
} & ({ readonly std: number } | { readonly covariance: readonly (readonly number[])[] });

/** A direction is flat when its σ is below this share of the mode's σ along an axis. */
const flat = 1e-6;

/**
 * The mixture of some Gaussians in `dim` dimensions. Isotropic ones of one σ need no `factors`.
 *
 * @param place what to call a Gaussian in an error: `data.modes.2`.
 * @throws UsageError for a covariance that is not symmetric and positive definite, and where two centres have one place.
 */
export function gaussianModes(gaussians: readonly Gaussian[], dim: number, place: (index: number) => string): Modes {
  refuseRepeated(gaussians, place);
  const count = gaussians.length;
  const sum = gaussians.reduce((total, { weight }) => total + weight, 0);
  const weights = Float64Array.from(gaussians, ({ weight }) => weight / sum);
  const centres = Float64Array.from(gaussians.flatMap(({ centre }) => centre));
  const first = stdOf(gaussians[0]);
  if (first !== undefined && gaussians.every((one) => stdOf(one) === first))
    return { centres, count, dim, std: first, weights };
  const factors = new Float64Array(count * dim * dim);
  let variance = 0;
  gaussians.forEach((one, mode) => {
    const factor = 'std' in one ? undefined : factorOf(one.covariance, place(mode));
    for (let row = 0; row < dim; row++) {
      for (let column = 0; column <= row; column++) {
        const value = factor?.[row]?.[column] ?? (row === column ? (stdOf(one) ?? 0) : 0);
        factors[(mode * dim + row) * dim + column] = value;
        variance += ((weights[mode] as number) * value ** 2) / dim;
      }
    }
  });
  return { centres, count, dim, std: Math.sqrt(variance), weights, factors };
}

const stdOf = (one: Gaussian | undefined): number | undefined => (one && 'std' in one ? one.std : undefined);

function refuseRepeated(gaussians: readonly Gaussian[], place: (index: number) => string): void {
  const seen = new Map<string, number>();
  gaussians.forEach(({ centre }, index) => {
    const text = centre.join(', ');
    const before = seen.get(text);
    if (before !== undefined)
      throw new UsageError(`${place(index)}: expected places that differ, [${text}] is that of ${place(before)} too`);
    seen.set(text, index);
  });
}

/** The lower Cholesky factor, row by row. */
function factorOf(covariance: readonly (readonly number[])[], place: string): readonly (readonly number[])[] {
  const factor: number[][] = [];
  for (const [row, values] of covariance.entries()) {
    const line: number[] = [];
    for (let column = 0; column <= row; column++) {
      if (values[column] !== covariance[column]?.[row])
        throw new UsageError(
          `${place}.covariance: expected a symmetric matrix, got ${values[column]} at ${row}.${column} and ${covariance[column]?.[row]} at ${column}.${row}`,
        );
      const other = column === row ? line : (factor[column] ?? []);
      const rest = line.reduce((left, value, at) => left - value * (other[at] ?? 0), values[column] ?? 0);
      line.push(column === row ? Math.sqrt(rest) : rest / (other[column] ?? 1));
    }
    if (!((line[row] ?? 0) > flat * Math.sqrt(values[row] ?? 0)))
      throw new UsageError(`${place}.covariance: expected a positive definite matrix, got one that is flat or worse`);
    factor.push(line);
  }
  return factor;
}

/** σ of one mode along one axis, data units. */
export function spreadAlong({ dim, std, factors }: Modes, mode: number, axis: number): number {
  if (factors === undefined) return std;
  const start = (mode * dim + axis) * dim;
  return Math.hypot(...factors.subarray(start, start + axis + 1));
}
