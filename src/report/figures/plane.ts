/** Lays out two-dimensional data: the region to draw, its truth (centres with 3σ discs, or the curve), thinned points. */
import { significant } from '../../base/number-words.ts';
import type { Truth } from '../../datasets/data-kind.ts';
import { dataSide } from '../../datasets/data-side.ts';
import type { Curve, Modes, Side } from '../../datasets/dataset.ts';
import { spreadAlong } from '../../datasets/gaussian-modes.ts';
import { highQualityRadius } from '../../metrics/numerics/nearest-modes.ts';
import { truth } from '../../summary/palette.ts';
import type { ReportTrial, Table } from '../report-data.ts';
import { type Row, rounded } from './chart.ts';

export interface Region {
  readonly x: [number, number];
  readonly y: [number, number];
}

/** The data's box with a margin, square so that circles stay circles. For data of two dimensions. */
export function regionOf(dataset: Truth): Region {
  const axes = [0, 1].map((axis) => extent(dataset, axis));
  const half = Math.max(...axes.map(({ low, high }) => (high - low) / 2));
  const [x, y] = axes.map(({ low, high }): [number, number] => {
    const middle = (low + high) / 2;
    return [significant(middle - half, 6), significant(middle + half, 6)];
  }) as [[number, number], [number, number]]; // two axes in, two out
  return { x, y };
}

/** Lowest and highest of one coordinate, with a margin of an eighth (and of at least 5σ of the widest mode). */
export function extent(dataset: Truth, axis: number): Side {
  const { modes, curve, box } = dataset;
  const { low, high } = modes || curve || box ? dataSide(dataset, axis, 0) : { low: -1, high: 1 };
  const widest = modes ? Math.max(...spreadsAlong(modes, axis)) : (curve?.std ?? 0);
  const margin = Math.max((high - low) / 8, 5 * widest);
  return { low: low - margin, high: high + margin };
}

const spreadsAlong = (modes: Modes, axis: number): number[] =>
  Array.from({ length: modes.count }, (_, mode) => spreadAlong(modes, mode, axis));

/** Positions of `x` and `y` in a region, axes without titles: they are the data's own coordinates; no axes for 0 ticks. */
export function placeIn(region: Region, ticks = 5) {
  const axis = ticks === 0 ? null : { title: null, tickCount: ticks };
  return {
    x: { field: 'x', type: 'quantitative' as const, scale: { domain: region.x, nice: false }, axis },
    y: { field: 'y', type: 'quantitative' as const, scale: { domain: region.y, nice: false }, axis },
  };
}

/** `isInside` as a filter of rows with x and y. */
export const inside = ({ x, y }: Region) => ({
  filter: {
    and: [
      { field: 'x', range: x },
      { field: 'y', range: y },
    ],
  },
});

/** What lies outside a frame would only weigh. */
export const isInside = ({ x, y }: Region, atX: number, atY: number): boolean =>
  atX >= x[0] && atX <= x[1] && atY >= y[0] && atY <= y[1];

/** What `placeIn` gives; a figure may change the axes. */
type Position = ReturnType<typeof placeIn>;

/** Layers under everything else: each mode's centre with its 3σ disc, or the curve. `size` is the panel's side in pixels. */
export function truthLayers({ modes, curve }: Truth, region: Region, size: number, position: Position) {
  if (modes?.factors) return [ellipses(modes, modes.factors, position)];
  if (modes) return [discs(modes, (size * highQualityRadius * modes.std) / (region.x[1] - region.x[0]), position)];
  return curve ? [spiral(curve, position)] : [];
}

/** `radius` in pixels; at least 2, below which nobody would see a disc. */
function discs(modes: Modes, radius: number, position: Position) {
  const rows: Row[] = Array.from({ length: modes.count }, (_, mode) => ({
    mode,
    x: rounded(modes.centres[mode * modes.dim]),
    y: rounded(modes.centres[mode * modes.dim + 1]),
    weight: rounded(modes.weights[mode], 3),
  }));
  return {
    data: { values: rows },
    mark: {
      type: 'point' as const,
      filled: false,
      color: truth,
      size: Math.round((2 * Math.max(2, radius)) ** 2),
      strokeWidth: 1,
      strokeOpacity: 0.9,
    },
    encoding: {
      ...position,
      tooltip: [
        { field: 'mode', type: 'quantitative' as const },
        { field: 'x', type: 'quantitative' as const },
        { field: 'y', type: 'quantitative' as const },
        { field: 'weight', type: 'quantitative' as const, title: 'true weight', format: '.3~%' },
      ],
    },
  };
}

/** The 3σ ellipse of every mode: centre + 3 L (cos, sin). */
function ellipses({ centres, count }: Modes, factors: Float64Array, position: Position) {
  const corners = 48;
  const rows = Array.from({ length: count * (corners + 1) }, (_, index): Row => {
    const [mode, at] = [Math.floor(index / (corners + 1)), index % (corners + 1)];
    const [across, up] = [Math.cos, Math.sin].map((turn) => highQualityRadius * turn((2 * Math.PI * at) / corners));
    const [xx = 0, , yx = 0, yy = 0] = factors.subarray(4 * mode, 4 * mode + 4);
    return {
      mode,
      at,
      x: rounded((centres[2 * mode] ?? 0) + xx * (across ?? 0)),
      y: rounded((centres[2 * mode + 1] ?? 0) + yx * (across ?? 0) + yy * (up ?? 0)),
    };
  });
  return {
    data: { values: rows },
    mark: { type: 'line' as const, color: truth, strokeWidth: 1, strokeOpacity: 0.9, clip: true },
    encoding: {
      ...position,
      order: { field: 'at', type: 'quantitative' as const },
      detail: { field: 'mode', type: 'nominal' as const },
    },
  };
}

function spiral(curve: Curve, position: Position) {
  const stride = Math.max(1, Math.floor(curve.count / 240));
  const rows: Row[] = [];
  for (let at = 0; at < curve.count; at += stride)
    rows.push({ at, x: rounded(curve.points[at * curve.dim]), y: rounded(curve.points[at * curve.dim + 1]) });
  return {
    data: { values: rows },
    mark: { type: 'line' as const, color: truth, strokeWidth: 1 },
    encoding: {
      ...position,
      order: { field: 'at', type: 'quantitative' as const },
    },
  };
}

/** The first `most` rows of one set of samples.csv, as indices. */
export function rowsOf(samples: Table | undefined, set: 'generated' | 'real', most: number): number[] {
  const sets = samples?.texts.set;
  if (samples === undefined || sets === undefined) return [];
  const found: number[] = [];
  for (let index = 0; index < samples.count && found.length < most; index++) if (sets[index] === set) found.push(index);
  return found;
}

/** Whether there is a row of that set. */
export const hasRows = ({ samples }: ReportTrial, set: 'generated' | 'real'): boolean =>
  rowsOf(samples, set, 1).length > 0;

/** One number of a table; NaN where the column is not there. */
export const cell = (table: Table, column: string, index: number): number =>
  table.numbers[column]?.[index] ?? Number.NaN;

/** Columns of some rows as lists under new names: a tenth of the size of a row each; `flatten` makes rows of them again. */
export function lists(
  table: Table,
  rows: readonly number[],
  names: Readonly<Record<string, string>>,
): Record<string, (number | null)[]> {
  return Object.fromEntries(
    Object.entries(names).map(([name, column]) => [name, rows.map((index) => rounded(cell(table, column, index)))]),
  );
}
