/** Mean and covariance of points that may come in pieces: 50,000 × 2,048 features need never be held at once. */
import type { Points } from '../../base/points.ts';
import { rowProducts } from './row-products.ts';

export interface Gaussian {
  readonly count: number;
  /** `[dim]`. */
  readonly mean: Float64Array;
  /** Unbiased (count − 1), symmetric. `[dim, dim]` */
  readonly covariance: Float64Array;
}

/** Examples that are gathered before their products are taken. */
const batch = 256;
/** Dimensions in a block of the covariance. */
const side = 64;

/**
 * Collects mean and covariance. Everything is summed about the first example, in 64 bits, so that a large mean takes no
 * digits from the variance and a constant dimension has exactly none.
 */
export class GaussianStatistics {
  readonly #dim: number;
  #count = 0;
  readonly #origin: Float64Array;
  readonly #sum: Float64Array;
  /** Σ x xᵀ about the origin; only blocks on and above the diagonal. */
  readonly #products: Float64Array;
  /** Gathered examples about the origin, transposed: `[dim, batch]`. */
  readonly #gathered: Float64Array;
  #waiting = 0;
  readonly #block = new Float64Array(side * side);

  constructor(dim: number) {
    this.#dim = dim;
    this.#origin = new Float64Array(dim);
    this.#sum = new Float64Array(dim);
    this.#products = new Float64Array(dim * dim);
    this.#gathered = new Float64Array(dim * batch);
  }

  add({ values, count, dim }: Points): void {
    if (dim !== this.#dim) throw new Error(`internal: statistics of ${this.#dim} dimensions got points of ${dim}`);
    for (let i = 0; i < count; i++) {
      if (this.#count === 0) this.#origin.set(values.subarray(0, dim));
      for (let d = 0; d < dim; d++) {
        const value = (values[i * dim + d] as number) - (this.#origin[d] as number);
        this.#sum[d] = (this.#sum[d] as number) + value;
        this.#gathered[d * batch + this.#waiting] = value;
      }
      this.#count++;
      this.#waiting++;
      if (this.#waiting === batch) this.#takeIn();
    }
  }

  /** What has been added so far. NaN with no example, covariance NaN with one. */
  finish(): Gaussian {
    this.#takeIn();
    const dim = this.#dim;
    const count = this.#count;
    const mean = this.#sum.map((sum, d) => (this.#origin[d] as number) + sum / count);
    const covariance = new Float64Array(dim * dim);
    for (let i = 0; i < dim; i++)
      for (let j = i; j < dim; j++) {
        const aboutMean =
          (this.#products[i * dim + j] as number) - ((this.#sum[i] as number) * (this.#sum[j] as number)) / count;
        const value = aboutMean / (count - 1);
        covariance[i * dim + j] = value;
        covariance[j * dim + i] = value;
      }
    return { count, mean, covariance };
  }

  #takeIn(): void {
    if (this.#waiting === 0) return;
    const dim = this.#dim;
    for (let d = 0; d < dim; d++) this.#gathered.fill(0, d * batch + this.#waiting, (d + 1) * batch);
    for (let row = 0; row < dim; row += side) {
      const rows = Math.min(side, dim - row);
      const left = this.#gathered.subarray(row * batch, (row + rows) * batch);
      for (let column = row; column < dim; column += side) {
        const columns = Math.min(side, dim - column);
        const right = this.#gathered.subarray(column * batch, (column + columns) * batch);
        rowProducts(left, rows, right, columns, batch, this.#block);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const at = (row + i) * dim + column + j;
            this.#products[at] = (this.#products[at] as number) + (this.#block[i * columns + j] as number);
          }
      }
    }
    this.#waiting = 0;
  }
}

export function gaussianOf(points: Points): Gaussian {
  const statistics = new GaussianStatistics(points.dim);
  statistics.add(points);
  return statistics.finish();
}
