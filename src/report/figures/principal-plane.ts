/** Points of more than two dimensions as a picture: seen along the first two principal axes of the data, and the caption says so. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Truth } from '../../datasets/data-kind.ts';
import type { Modes } from '../../datasets/dataset.ts';
import type { ReportTrial, Table } from '../report-data.ts';
import { rowsOf } from './plane.ts';

/** Data of two dimensions, or a view of more. */
export interface PlaneView {
  /** What is known of the data as they are seen: of two dimensions. */
  readonly truth: Truth;
  /** A table of samples.csv with x0, x1 (and reconstructed0, reconstructed1) as they are seen. */
  see(samples: Table): Table;
  /** Row-major points of all dimensions, `[count, 2]` as they are seen. */
  seePoints(points: ArrayLike<number>): ArrayLike<number>;
  /** For a caption, with a space before it: which axes, and how much of the variance they hold. '' for two dimensions. */
  readonly caption: string;
}

type Axes = readonly [first: readonly number[], second: readonly number[]];

/** The view of data in a plane; `undefined` for data on a line, and where no points say how data of more dimensions lie. */
export function planeView(truth: Truth, trials: readonly ReportTrial[]): PlaneView | undefined {
  const { dim } = truth;
  if (dim === 2) return { truth, see: (samples) => samples, seePoints: (points) => points, caption: '' };
  if (dim < 2) return undefined;
  const real = trials.map(({ samples }) => samples && coordinates(samples, dim)).find((found) => found !== undefined);
  return real && planeAlong(truth, real, 'real points');
}

/** The view along the first two principal axes of these rows, at least two; `what` they are, in words. */
export function planeAlong(truth: Truth, rows: readonly number[][], what: string): PlaneView {
  const { dim } = truth;
  const covariance = covarianceOf(rows);
  const { realEigenvalues: variances, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = variances.map((_, index) => index).sort((a, b) => (variances[b] ?? 0) - (variances[a] ?? 0));
  const axes: Axes = [axisOf(vectors, order[0]), axisOf(vectors, order[1])];
  const total = variances.reduce((sum, variance) => sum + Math.max(0, variance), 0);
  const held = order.slice(0, 2).reduce((sum, index) => sum + Math.max(0, variances[index] ?? 0), 0);
  const share = total > 0 ? ` (${((100 * held) / total).toFixed(0)} % of the variance of ${what})` : '';
  return {
    truth: seenTruth(truth, axes, rows),
    see: (samples) => seenTable(samples, dim, axes),
    seePoints: (points) => seenPoints(points, axes),
    caption: ` The data have ${dim} dimensions: seen along their first two principal axes${share}.`,
  };
}

/** An eigenvector whose largest component is positive, so that a picture is not turned around by chance. */
function axisOf(vectors: Matrix, index = 0): readonly number[] {
  const axis = vectors.getColumn(index);
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** Real points, row by row; `undefined` where the table has none, or not all coordinates. */
function coordinates(samples: Table, dim: number): number[][] | undefined {
  const rows = rowsOf(samples, 'real', samples.count).map((row) =>
    Array.from({ length: dim }, (_, axis) => samples.numbers[`x${axis}`]?.[row] ?? Number.NaN),
  );
  return rows.length > 1 && rows.every((row) => row.every(Number.isFinite)) ? rows : undefined;
}

function covarianceOf(rows: readonly number[][]): Matrix {
  const centred = new Matrix([...rows]).center('column');
  return centred
    .transpose()
    .mmul(centred)
    .div(rows.length - 1);
}

const along = (axis: readonly number[], at: (index: number) => number): number =>
  axis.reduce((sum, weight, index) => sum + weight * at(index), 0);

/** Row-major `[count, dim]` to `[count, 2]`. */
function seenPoints(points: ArrayLike<number>, axes: Axes): Float64Array {
  const dim = axes[0].length;
  return Float64Array.from({ length: (2 * points.length) / dim }, (_, at) => {
    const start = Math.floor(at / 2) * dim;
    return along(axes[at % 2 === 0 ? 0 : 1], (index) => points[start + index] as number);
  });
}

function seenTruth({ scale, modes, curve }: Truth, axes: Axes, real: readonly number[][]): Truth {
  const seen = { dim: 2, scale };
  if (modes) return { ...seen, modes: seenModes(modes, axes) };
  if (curve) return { ...seen, curve: { ...curve, dim: 2, points: seenPoints(curve.points, axes) } };
  const points = seenPoints(real.flat(), axes);
  const box = [0, 1].map((axis) => {
    const values = points.filter((_, at) => at % 2 === axis);
    return { low: Math.min(...values), high: Math.max(...values) };
  });
  return { ...seen, box };
}

/** The shadow of a Gaussian is one: its covariance is P Σ Pᵀ, isotropic ones keep their σ. */
function seenModes(modes: Modes, axes: Axes): Modes {
  const { centres, count, dim, std, weights, factors } = modes;
  const seen = { centres: seenPoints(centres, axes), count, dim: 2, std, weights };
  if (factors === undefined) return seen;
  const shadows = Float64Array.from({ length: 4 * count });
  for (let mode = 0; mode < count; mode++) {
    // Rows of P L: their products are the covariance that is seen.
    const [first, second] = axes.map((axis) =>
      Array.from({ length: dim }, (_, column) =>
        along(axis, (row) => factors[(mode * dim + row) * dim + column] as number),
      ),
    ) as [number[], number[]]; // two axes in, two out
    const across = Math.hypot(...first);
    const both = along(first, (at) => second[at] as number) / across;
    const up = Math.sqrt(Math.max(0, along(second, (at) => second[at] as number) - both ** 2));
    shadows.set([across, 0, both, up], 4 * mode);
  }
  return { ...seen, factors: shadows };
}

function seenTable(samples: Table, dim: number, axes: Axes): Table {
  const numbers = { ...samples.numbers };
  for (const name of ['x', 'reconstructed']) {
    const columns = Array.from({ length: dim }, (_, axis) => samples.numbers[`${name}${axis}`]);
    if (columns.includes(undefined)) continue;
    axes.forEach((axis, place) => {
      numbers[`${name}${place}`] = Float64Array.from({ length: samples.count }, (_, row) =>
        along(axis, (index) => columns[index]?.[row] ?? Number.NaN),
      );
    });
  }
  return { ...samples, numbers };
}
