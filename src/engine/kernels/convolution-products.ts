/**
 * Writes convolutions and their two gradients as matrix products (im2col), in tfjs's order of axes: windows, or the places of
 * a filter that a pixel lies under, are gathered into the rows of a matrix. On a processor this is faster than onnxruntime's
 * own operators, nothing is transposed, and a filter's gradient shares its windows with the forward pass.
 */
import { sizeOf, type TensorType, type Value } from '../graph/graph.ts';
import type { OnnxBuilder } from './onnx-builder.ts';
import { blocksOfWindows, type Geometry, phasesOf, pixelsOfWindows } from './windows.ts';

/** Fewer channels than these are moved in blocks: to copy a few numbers costs as much as to copy many. */
const few = 8;

/**
 * Numbers of a matrix that stays in a processor's cache, the least rows that a product is worth, and the most
 * parts that a convolution is divided into: with more, compiling would cost what running saves.
 */
const cached = 2 ** 19;
const rowsAtLeast = 1024;
const partsAtMost = 32;

/** Windows of a whole batch up to this many numbers are kept from a pass for its gradient; larger ones are gathered again. */
const kept = 2 ** 22;

const float = (...shape: number[]): TensorType => ({ shape, dtype: 'float32' });
/** Names a list that depends on places alone, be the channels and the batch what they are. */
const key = (what: string, { x, y, filter, strides, pads }: Geometry): string =>
  `${what} ${[x.slice(1, 3), y.slice(1, 3), filter.slice(0, 2), strides, pads].join(' | ')}`;

/** What lies in the windows of x, some windows of every example at a time. */
function windowsOf(onnx: OnnxBuilder, x: Value, geometry: Geometry, user: string): Gathered[] {
  const [batch = 1, height = 1, width = 1, channels = 1] = geometry.x;
  const [top, left, below, right] = geometry.pads;
  const inWindow = sizeOf(geometry.filter.slice(0, 3));
  const size = sizeOf(geometry.y.slice(0, 3)) * inWindow;
  // What is gathered by another list is not found to be the same.
  const name = size <= kept ? 'windows' : `windows for the ${user}`;
  const blocks = channels < few ? blocksOfWindows(geometry) : undefined;
  if (blocks === undefined) {
    return gather(onnx, withNone(onnx, x), pixelsOfWindows(geometry), inWindow, key(`pixels of ${name}`, geometry));
  }
  const [paddedHeight, paddedWidth, stride] = [top + height + below, left + width + right, geometry.strides[1]];
  const padded = onnx.op(
    'Pad',
    [x, onnx.integers([0, top, left, 0, 0, below, right, 0]), onnx.scalar(0)],
    { mode: 'constant' },
    float(batch, paddedHeight, paddedWidth, channels),
  );
  const inBlocks = onnx.reshape(padded, [batch, (paddedHeight * paddedWidth) / stride, stride * channels]);
  return gather(onnx, inBlocks, blocks, inWindow, key(`blocks of ${name}`, geometry));
}

/** Places of every example one after another, `[batch, places + 1, channels]`; the last holds zeros. */
function withNone(onnx: OnnxBuilder, x: Value): Value {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  return onnx.op(
    'Pad',
    [onnx.reshape(x, [batch, height * width, channels]), onnx.integers([0, 0, 0, 0, 1, 0]), onnx.scalar(0)],
    { mode: 'constant' },
    float(batch, height * width + 1, channels),
  );
}

/** Rows of a matrix: of every example of the batch, `count` of them. */
interface Gathered {
  /** `[batch · count, columns]`. */
  readonly rows: Value;
  readonly count: number;
}

/**
 * Matrices whose rows are `columns` numbers each: pieces of x, `[batch, pieces, numbers]`, that stand one after another in
 * the list. As many matrices as keep each of them in the cache.
 */
function gather(onnx: OnnxBuilder, x: Value, list: readonly number[], columns: number, name: string): Gathered[] {
  const [batch = 1, , numbers = 1] = x.shape;
  const inRow = columns / numbers;
  const rows = list.length / inRow;
  const atOnce = Math.max(
    Math.ceil(rowsAtLeast / batch),
    Math.floor(cached / (batch * columns)),
    Math.ceil(rows / partsAtMost),
  );
  const starts = Array.from({ length: Math.ceil(rows / atOnce) }, (_, index) => index * atOnce);
  return starts.map((start) => {
    const count = Math.min(atOnce, rows - start);
    const places = onnx.list(`${name} | ${start} + ${count}`, () => list.slice(start * inRow, (start + count) * inRow));
    const taken = onnx.op('Gather', [x, places], { axis: 1 }, float(batch, count * inRow, numbers));
    return { rows: onnx.reshape(taken, [batch * count, columns]), count };
  });
}

/** `[batch · count, columns]` each, as `[batch, rows, columns]` with the rows of an example one after another. */
function joined(onnx: OnnxBuilder, parts: readonly Value[], batch: number): Value {
  const byExample = parts.map((part) => {
    const [rows = 1, columns = 1] = part.shape;
    return onnx.reshape(part, [batch, rows / batch, columns]);
  });
  const [first] = byExample;
  if (first && byExample.length === 1) return first;
  const rows = byExample.reduce((total, { shape }) => total + (shape[1] ?? 0), 0);
  return onnx.op('Concat', byExample, { axis: 1 }, float(batch, rows, first?.shape[2] ?? 1));
}

/** y = windows(x) · filter. */
export function convolutionProduct(onnx: OnnxBuilder, x: Value, filter: Value, geometry: Geometry): Value {
  const [batch = 1] = geometry.x;
  const outputs = geometry.filter[3] ?? 1;
  const matrix = onnx.reshape(filter, [sizeOf(geometry.filter) / outputs, outputs]);
  const products = windowsOf(onnx, x, geometry, 'product').map(({ rows, count }) =>
    onnx.op('MatMul', [rows, matrix], {}, float(batch * count, outputs)),
  );
  return onnx.reshape(joined(onnx, products, batch), geometry.y);
}

/** The filter's gradient: windows(x)ᵀ · dy, summed over parts of them. */
export function filterGradientProduct(onnx: OnnxBuilder, x: Value, dy: Value, geometry: Geometry): Value {
  const [batch = 1, height = 1, width = 1, outputs = 1] = geometry.y;
  const windows = windowsOf(onnx, x, geometry, 'gradient');
  const counts = windows.map(({ count }) => count);
  const slopes = split(onnx, onnx.reshape(dy, [batch, height * width, outputs]), counts);
  const sum = windows.reduce<Value | undefined>((total, { rows, count }, index) => {
    const slope = onnx.reshape(slopes[index] ?? dy, [batch * count, outputs]);
    const operands = total ? [rows, slope, total] : [rows, slope];
    return onnx.op('Gemm', operands, { transA: 1, transB: 0 }, float(rows.shape[1] ?? 1, outputs));
  }, undefined);
  return onnx.reshape(sum ?? x, geometry.filter);
}

/** `[batch, rows, columns]` after as many rows as each count says. */
function split(onnx: OnnxBuilder, x: Value, counts: readonly number[]): readonly Value[] {
  if (counts.length === 1) return [x];
  const [batch = 1, , columns = 1] = x.shape;
  const types = counts.map((count) => float(batch, count, columns));
  return onnx.ops('Split', [x, onnx.integers(counts)], { axis: 1 }, types);
}

/** Whether the gradient by x is worth a product: every pixel is in a window, and there are channels enough to copy. */
export const inputAsProduct = ({ filter: [height = 1, width = 1, inputs = 1], strides }: Geometry): boolean =>
  height >= strides[0] && width >= strides[1] && inputs >= few;

/**
 * The gradient by x. Pixels that the same places of windows fall upon are the rows of one matrix: dy at the windows that
 * they are in, times the filter at these places. With stride 1 that is all of them, with stride 2 a quarter.
 */
export function inputGradientProduct(onnx: OnnxBuilder, dy: Value, filter: Value, geometry: Geometry): Value {
  const [batch = 1, height = 1, width = 1, inputs = 1] = geometry.x;
  const outputs = geometry.filter[3] ?? 1;
  const places = withNone(onnx, dy);
  const turned = onnx.transpose(filter, [2, 0, 1, 3]);
  const phases = phasesOf(geometry).filter(({ pixels }) => pixels.length > 0);
  const products = phases.flatMap(({ first, windows, pixels }, index) => {
    const columns = (windows.length / pixels.length) * outputs;
    const tapped = onnx.reshape(everyNth(onnx, turned, first, geometry.strides), [inputs, columns]);
    return gather(onnx, places, windows, columns, key(`phase ${index}`, geometry)).map(({ rows, count }) =>
      onnx.op('Gemm', [rows, tapped], { transA: 0, transB: 1 }, float(batch * count, inputs)),
    );
  });
  const together = joined(onnx, products, batch);
  if (phases.length === 1) return onnx.reshape(together, geometry.x);
  const order = onnx.list(key('order', geometry), () => placesOf(phases.flatMap(({ pixels }) => pixels)));
  const inOrder = onnx.op('Gather', [together, order], { axis: 1 }, float(batch, height * width, inputs));
  return onnx.reshape(inOrder, geometry.x);
}

/** Of a filter with its inputs first, the rows and columns from `first` on, a stride apart. */
function everyNth(
  onnx: OnnxBuilder,
  filter: Value,
  first: readonly [number, number],
  strides: readonly [number, number],
): Value {
  if (strides[0] === 1 && strides[1] === 1) return filter;
  const [inputs = 1, height = 1, width = 1, outputs = 1] = filter.shape;
  const rows = Math.ceil((height - first[0]) / strides[0]);
  const columns = Math.ceil((width - first[1]) / strides[1]);
  return onnx.op(
    'Slice',
    [filter, onnx.integers(first), onnx.integers([height, width]), onnx.integers([1, 2]), onnx.integers(strides)],
    {},
    float(inputs, rows, columns, outputs),
  );
}

/** Where in a list of the numbers 0 … n − 1 each of them stands. */
function placesOf(list: readonly number[]): number[] {
  const places = Array<number>(list.length).fill(0);
  for (const [place, number] of list.entries()) places[number] = place;
  return places;
}
