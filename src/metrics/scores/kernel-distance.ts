/** Kernel distance: how far two sets of features are apart by a polynomial kernel. Unbiased, so that small sets compare too. */

import { type Points, pickPoints } from '../../base/points.ts';
import { drawAt, type Random } from '../../base/random.ts';
import { mean } from '../../base/statistics.ts';
import { lowerBound } from '../numerics/lower-bound.ts';
import { type Block, productsBetween, productsWithin } from '../numerics/pair-blocks.ts';

export interface KernelDistance {
  readonly mean: number;
  /** Over the subsets: of the population, NumPy's default; NaN for one subset. */
  readonly std: number;
}

/** The indices that each subset has of one set, ascending. */
type Subsets = readonly Int32Array[];

/**
 * Unbiased MMD² with k(x, y) = (x·y/d + 1)³ (Bińkowski et al. 2018), mean and standard deviation over `subsets` pairs of
 * random subsets of `size` examples without repetition. Below 0 by chance where the sets are alike. `size` is at most the
 * smaller set's count; where it takes in both sets whole there is one subset and no deviation. NaN for sizes below two
 * and where a feature is not finite.
 */
export function kernelDistance(
  a: Points,
  b: Points,
  { subsets, size }: SubsetSettings,
  random: Random,
): KernelDistance {
  const { subsets: draws, size: taken } = subsetsUsed({ subsets, size }, a.count, b.count);
  if (taken < 2) return { mean: Number.NaN, std: Number.NaN };
  const [drawA, drawB] = [drawer(a.count, taken), drawer(b.count, taken)];
  const chosen = Array.from({ length: draws }, () => ({ ofA: drawA(random), ofB: drawB(random) }));
  // one kernel matrix that the subsets share, or a smaller one for each, whichever has fewer entries
  const shared = draws * taken * taken > Math.max(a.count, b.count) ** 2;
  const values = shared
    ? discrepancies(
        a,
        b,
        chosen.map(({ ofA }) => ofA),
        chosen.map(({ ofB }) => ofB),
      )
    : chosen.map(({ ofA, ofB }) => wholeDiscrepancy(pickPoints(a, ofA), pickPoints(b, ofB)));
  const centre = mean(values);
  const variance = mean(values.map((value) => (value - centre) ** 2));
  return { mean: centre, std: draws > 1 ? Math.sqrt(variance) : Number.NaN };
}

/** What is left of the subsets that were asked for, of sets of so many examples. */
export function subsetsUsed({ subsets, size }: SubsetSettings, ofA: number, ofB: number): SubsetSettings {
  const taken = Math.min(size, ofA, ofB);
  return { subsets: taken === ofA && taken === ofB ? 1 : subsets, size: taken };
}

export interface SubsetSettings {
  readonly subsets: number;
  readonly size: number;
}

/** Draws `size` of `count` indices without repetition, by the first `size` steps of a Fisher–Yates shuffle. */
function drawer(count: number, size: number): (random: Random) => Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  return (random) => {
    for (let at = 0; at < size; at++) drawAt(order, at, random);
    return order.slice(0, size).sort();
  };
}

function wholeDiscrepancy(a: Points, b: Points): number {
  const whole = [Int32Array.from({ length: a.count }, (_, i) => i)];
  return discrepancies(a, b, whole, whole)[0] as number;
}

/** MMD² of every pair of subsets, all of one size. */
function discrepancies(a: Points, b: Points, ofA: Subsets, ofB: Subsets): number[] {
  const size = ofA[0]?.length ?? 0;
  const [withinA, withinB, across] = [sumsWithin(a, ofA), sumsWithin(b, ofB), new Float64Array(ofA.length)];
  productsBetween(a, b, (block) => addKernel(across, block, a.dim, ofA, ofB, false));
  return ofA.map((_, s) => {
    const alike = 2 * ((withinA[s] as number) + (withinB[s] as number)); // each pair was seen once
    return alike / (size * (size - 1)) - (2 * (across[s] as number)) / (size * size);
  });
}

/** For each subset the sum of the kernel over its pairs, each seen once and x with itself never. */
function sumsWithin(points: Points, subsets: Subsets): Float64Array {
  const sums = new Float64Array(subsets.length);
  productsWithin(points, (block) => addKernel(sums, block, points.dim, subsets, subsets, block.row === block.column));
  return sums;
}

/** Adds to each subset's sum what it has in a block of products; `diagonal`: only what lies above the diagonal. */
function addKernel(
  sums: Float64Array,
  { values, row, rows, column, columns }: Block,
  dim: number,
  rowsOf: Subsets,
  columnsOf: Subsets,
  diagonal: boolean,
): void {
  for (let at = 0; at < rows * columns; at++) {
    const base = (values[at] as number) / dim + 1;
    values[at] = base * base * base; // several times as fast as ** 3
  }
  for (let s = 0; s < sums.length; s++) {
    const inRows = rowsOf[s] as Int32Array;
    const inColumns = columnsOf[s] as Int32Array;
    const firstColumn = lowerBound(inColumns, column);
    let sum = 0;
    for (let r = lowerBound(inRows, row); r < inRows.length; r++) {
      const i = (inRows[r] as number) - row;
      if (i >= rows) break;
      for (let c = diagonal ? r + 1 : firstColumn; c < inColumns.length; c++) {
        const j = (inColumns[c] as number) - column;
        if (j >= columns) break;
        sum += values[i * columns + j] as number;
      }
    }
    sums[s] = (sums[s] as number) + sum;
  }
}
