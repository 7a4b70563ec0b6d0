/**
 * Computes which pixel lies where in which window of a convolution: the index lists by which matrices are gathered. Pixels and
 * windows are counted row by row; one past the last stands for none.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../graph/graph.ts';
import type { Frozen } from './kernel.ts';

/** Sizes of a convolution from x to y, as both of its gradients see them too. */
export interface Geometry {
  /** `[batch, height, width, channels]`. */
  readonly x: Shape;
  readonly y: Shape;
  /** `[height, width, inputs, outputs]`. */
  readonly filter: Shape;
  readonly strides: readonly [number, number];
  /** Rows above, columns to the left, rows below, columns to the right. */
  readonly pads: readonly [number, number, number, number];
  /** Rows and columns of x that no window reaches. */
  readonly leftOver: readonly [number, number];
}

/** tfjs's operations have checked that these are of rank 4. */
const quadruple = (shape: Shape) => shape as [number, number, number, number];

type Parameter<At extends number> = Parameters<typeof tf.backend_util.computeConv2DInfo>[At];

export function geometryOf(
  x: Shape,
  filter: Shape,
  strides: Frozen<Parameter<2>>,
  pad: Frozen<Parameter<4>>,
  rounding: Parameter<5>,
): Geometry {
  // tfjs declares lists as mutable, and changes none.
  const [stride, padding] = [strides as Parameter<2>, pad as Parameter<4>];
  const info = tf.backend_util.computeConv2DInfo(quadruple(x), quadruple(filter), stride, 1, padding, rounding);
  const { top, left } = info.padInfo;
  /** How far the last window reaches beyond the padded start of x; negative where rows of x are left over. */
  const below = (info.outHeight - 1) * info.strideHeight + info.filterHeight - top - info.inHeight;
  const right = (info.outWidth - 1) * info.strideWidth + info.filterWidth - left - info.inWidth;
  return {
    x: info.inShape,
    y: info.outShape,
    filter,
    strides: [info.strideHeight, info.strideWidth],
    pads: [top, left, Math.max(0, below), Math.max(0, right)],
    leftOver: [Math.max(0, -below), Math.max(0, -right)],
  };
}

const range = (count: number, step = 1, start = 0): number[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step);

/** Of every window, place by place, the pixel of x that lies there. */
export function pixelsOfWindows({ x, y, filter, strides, pads }: Geometry): number[] {
  const [, height = 1, width = 1] = x;
  const [, rows = 1, columns = 1] = y;
  const [filterHeight = 1, filterWidth = 1] = filter;
  const pixel = (row: number, column: number) =>
    row < 0 || column < 0 || row >= height || column >= width ? height * width : row * width + column;
  return range(rows, strides[0], -pads[0]).flatMap((top) =>
    range(columns, strides[1], -pads[1]).flatMap((left) =>
      range(filterHeight, 1, top).flatMap((row) => range(filterWidth, 1, left).map((column) => pixel(row, column))),
    ),
  );
}

/**
 * Of every window, row by row, the blocks of `stride` pixels that it covers in x after padding; undefined where windows do
 * not begin and end between blocks.
 */
export function blocksOfWindows({ x, y, filter, strides, pads, leftOver }: Geometry): number[] | undefined {
  const [, , width = 1] = x;
  const [, rows = 1, columns = 1] = y;
  const [filterHeight = 1, filterWidth = 1] = filter;
  const padded = pads[1] + width + pads[3];
  if (leftOver[0] + leftOver[1] > 0 || padded % strides[1] !== 0 || filterWidth % strides[1] !== 0) return undefined;
  const inRow = padded / strides[1];
  return range(rows, strides[0]).flatMap((top) =>
    range(columns).flatMap((left) =>
      range(filterHeight, 1, top).flatMap((row) => range(filterWidth / strides[1], 1, row * inRow + left)),
    ),
  );
}

/** The pixels of x that the same places of windows fall upon: those whose padded row and column leave these remainders. */
export interface Phase {
  /** First row and column of the filter that reaches them; the next is a stride further. */
  readonly first: readonly [number, number];
  /** Of each of its pixels, place by place, the window that has it there. */
  readonly windows: readonly number[];
  /** Numbers of its pixels in x. */
  readonly pixels: readonly number[];
}

/** One for each pair of remainders; every pixel of x is in one of them. */
export function phasesOf({ x, y, filter, strides, pads }: Geometry): Phase[] {
  const [, height = 1, width = 1] = x;
  const [, rows = 1, columns = 1] = y;
  const [filterHeight = 1, filterWidth = 1] = filter;
  const window = (row: number, column: number) =>
    row < 0 || column < 0 || row >= rows || column >= columns ? rows * columns : row * columns + column;
  const [down, along] = strides;
  /** Places along a side whose padded number leaves `remainder`. */
  const sharing = (side: number, pad: number, stride: number, remainder: number) =>
    range(side).filter((place) => (place + pad) % stride === remainder);
  return range(down).flatMap((firstRow) =>
    range(along).map((firstColumn) => {
      const rowsHere = sharing(height, pads[0], down, firstRow);
      const columnsHere = sharing(width, pads[1], along, firstColumn);
      const taps = range(Math.ceil((filterHeight - firstRow) / down), down, firstRow).flatMap((row) =>
        range(Math.ceil((filterWidth - firstColumn) / along), along, firstColumn).map(
          (column) => [row, column] as const,
        ),
      );
      const places = rowsHere.flatMap((row) => columnsHere.map((column) => [row, column] as const));
      return {
        first: [firstRow, firstColumn],
        windows: places.flatMap(([row, column]) =>
          taps.map(([tapRow, tapColumn]) =>
            window((row + pads[0] - tapRow) / down, (column + pads[1] - tapColumn) / along),
          ),
        ),
        pixels: places.map(([row, column]) => row * width + column),
      };
    }),
  );
}
