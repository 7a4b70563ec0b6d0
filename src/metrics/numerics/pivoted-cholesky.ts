/** A positive semi-definite matrix as RᵀR with as many rows as it has rank: constant and dependent dimensions fall out. */

export interface Factor {
  readonly rank: number;
  /** R, `[rank, size]`, row-major. */
  readonly rows: Float64Array;
}

/**
 * Cholesky decomposition that takes the largest remaining diagonal element next, and stops where that is only rounding:
 * at size·ε times the largest element, as LAPACK's `dpstrf` does by default. `matrix` `[size, size]` is left as it is.
 * A matrix with NaN on its diagonal has no meaningful factor.
 */
export function pivotedCholesky(matrix: Float64Array, size: number): Factor {
  /** The diagonal of what is not yet explained, and which dimension stands where: those that were taken come first. */
  const left = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i] as number);
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const rows = new Float64Array(size * size);
  const tolerance = size * Number.EPSILON * (left[largest(left, 0)] ?? 0);
  let rank = 0;
  for (; rank < size; rank++) {
    const pivot = largest(left, rank);
    const value = left[pivot] as number;
    if (!(value > tolerance)) break;
    swap(order, rank, pivot);
    swap(left, rank, pivot);
    for (let k = 0; k < rank; k++) swap(rows, k * size + rank, k * size + pivot);

    const row = rows.subarray(rank * size, (rank + 1) * size);
    const from = (order[rank] as number) * size;
    for (let j = rank; j < size; j++) row[j] = matrix[from + (order[j] as number)] as number;
    explain(row, rows, rank, size);
    const root = Math.sqrt(value);
    row[rank] = root;
    for (let j = rank + 1; j < size; j++) {
      const entry = (row[j] as number) / root;
      row[j] = entry;
      left[j] = (left[j] as number) - entry * entry;
    }
  }
  return { rank, rows: inOldOrder(rows, rank, order) };
}

/** row −= Σₖ R[k, rank]·R[k, ·] right of the diagonal, for the rows k before it; four at a time, for speed. */
function explain(row: Float64Array, rows: Float64Array, rank: number, size: number): void {
  let k = 0;
  for (; k + 3 < rank; k += 4) {
    const [at0, at1, at2, at3] = [k * size, (k + 1) * size, (k + 2) * size, (k + 3) * size];
    const f0 = rows[at0 + rank] as number;
    const f1 = rows[at1 + rank] as number;
    const f2 = rows[at2 + rank] as number;
    const f3 = rows[at3 + rank] as number;
    for (let j = rank + 1; j < size; j++) {
      const upper = f0 * (rows[at0 + j] as number) + f1 * (rows[at1 + j] as number);
      row[j] = (row[j] as number) - upper - f2 * (rows[at2 + j] as number) - f3 * (rows[at3 + j] as number);
    }
  }
  for (; k < rank; k++) {
    const factor = rows[k * size + rank] as number;
    for (let j = rank + 1; j < size; j++) row[j] = (row[j] as number) - factor * (rows[k * size + j] as number);
  }
}

function inOldOrder(rows: Float64Array, rank: number, order: Int32Array): Float64Array {
  const size = order.length;
  const restored = new Float64Array(rank * size);
  for (let k = 0; k < rank; k++)
    for (let j = k; j < size; j++) restored[k * size + (order[j] as number)] = rows[k * size + j] as number;
  return restored;
}

/** Index of the largest element from `first` on, the first of equals. */
function largest(values: Float64Array, first: number): number {
  let index = first;
  for (let i = first + 1; i < values.length; i++) if ((values[i] as number) > (values[index] as number)) index = i;
  return index;
}

function swap(values: Float64Array | Int32Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}
