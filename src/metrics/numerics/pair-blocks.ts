/** Inner products and squared distances of all pairs of points, a block at a time: no matrix of all pairs is ever held. */
import type { Points } from '../../base/points.ts';
import { rowProducts } from './row-products.ts';

/** What is known of rows `row` … `row + rows` of the one set against rows `column` … `column + columns` of the other. */
export interface Block {
  /** `[rows, columns]`, row-major; written over for the next block. */
  readonly values: Float64Array;
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

/** Rows and columns of a block: with two blocks of points it stays in the cache. */
const side = 64;

/** x·y for every x of `a` and every y of `b`. */
export function productsBetween(a: Points, b: Points, visit: (block: Block) => void): void {
  eachBlock(a, b, false, visit);
}

/**
 * x·y for every pair of one set: only blocks on and above the diagonal. A block on it (`row === column`) holds each of
 * its pairs twice, and every point with itself.
 */
export function productsWithin(points: Points, visit: (block: Block) => void): void {
  eachBlock(points, points, true, visit);
}

/** ‖x − y‖² for every x of `a` and every y of `b`: exactly 0 for equal points, never below, NaN or infinite where one is not finite. */
export function distancesBetween(a: Points, b: Points, visit: (block: Block) => void): void {
  const [ofA, ofB] = [squaredLengths(a), squaredLengths(b)];
  productsBetween(a, b, (block) => visit(asDistances(block, ofA, ofB)));
}

/** ‖x − y‖² for every pair of one set, in the blocks of `productsWithin`. */
export function distancesWithin(points: Points, visit: (block: Block) => void): void {
  const lengths = squaredLengths(points);
  productsWithin(points, (block) => visit(asDistances(block, lengths, lengths)));
}

/** ‖x‖² of every point, added up in the order of `rowProducts`. `[count]` */
export function squaredLengths({ values, count, dim }: Points): Float64Array {
  const lengths = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let d = 0; d < dim; d++) {
      const value = values[i * dim + d] as number;
      sum += value * value;
    }
    lengths[i] = sum;
  }
  return lengths;
}

function asDistances(block: Block, ofA: Float64Array, ofB: Float64Array): Block {
  const { values, row, rows, column, columns } = block;
  for (let i = 0; i < rows; i++) {
    const length = ofA[row + i] as number;
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      values[at] = Math.max(0, length + (ofB[column + j] as number) - 2 * (values[at] as number));
    }
  }
  return block;
}

function eachBlock(a: Points, b: Points, half: boolean, visit: (block: Block) => void): void {
  const { dim } = a;
  if (b.dim !== dim) throw new Error(`internal: pairs of points of ${dim} and of ${b.dim} dimensions`);
  const [left, right] = [new Float64Array(side * dim), new Float64Array(side * dim)];
  const values = new Float64Array(side * side);
  for (let row = 0; row < a.count; row += side) {
    const rows = Math.min(side, a.count - row);
    // 64-bit copies: the inner loop would convert each number many times
    left.set(a.values.subarray(row * dim, (row + rows) * dim));
    for (let column = half ? row : 0; column < b.count; column += side) {
      const columns = Math.min(side, b.count - column);
      right.set(b.values.subarray(column * dim, (column + columns) * dim));
      rowProducts(left, rows, right, columns, dim, values);
      visit({ values, row, rows, column, columns });
    }
  }
}
