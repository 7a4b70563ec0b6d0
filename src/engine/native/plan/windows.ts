/**
 * Which numbers of two tensors meet in a convolution or one of its gradients. Windows are not copied: rows of the product
 * and its inner index move along the axes of a padded picture.
 */
import type { Shape } from '../../graph/graph.ts';

/** So many places along an axis of a tensor. */
export interface Move {
  readonly axis: number;
  readonly by: number;
}

/** A part of the result that is one product: every `steps`th element from `starts` on, along each axis. */
export interface Part {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly sizes: readonly number[];
  /** Sizes of the inner index's axes. */
  readonly inner: readonly number[];
  /** Elements of both factors at the part's first element and inner index. */
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface Windows {
  /** How a moves with each axis of the result but the last; the last is b's last. */
  readonly rows: readonly Move[];
  /** How both move with each axis of the inner index. */
  readonly inner: readonly { readonly a: Move; readonly b: Move }[];
  readonly parts: readonly Part[];
}

/** Sizes of a convolution from x to y; `[batch, height, width, channels]` and `[height, width, inputs, outputs]`. */
export interface Sizes {
  readonly x: Shape;
  readonly y: Shape;
  readonly filter: Shape;
  readonly strides: readonly [down: number, along: number];
  /** Rows above and columns to the left of x. */
  readonly before: readonly [top: number, left: number];
}

/** Zeros above, to the left, below and to the right. */
export type Pads = readonly [top: number, left: number, below: number, right: number];

const move = (axis: number, by = 1): Move => ({ axis, by });
const at = (shape: Shape, axis: number): number => shape[axis] ?? 1;
const whole = (sizes: Shape) => ({ starts: sizes.map(() => 0), steps: sizes.map(() => 1), sizes });

/** The zeros that windows of x reach. */
export function padsOfWindows({ x, y, filter, strides, before }: Sizes): Pads {
  const after = ([0, 1] as const).map((side) =>
    Math.max(0, (at(y, side + 1) - 1) * strides[side] + at(filter, side) - before[side] - at(x, side + 1)),
  );
  return [...before, after[0] ?? 0, after[1] ?? 0];
}

/** y of padded x and the filter. @param pads zeros around x, as many as the windows reach or more. */
export function forward({ y, filter, strides: [down, along], before }: Sizes, pads: Pads): Windows {
  const first = [0, pads[0] - before[0], pads[1] - before[1], 0];
  return {
    rows: [move(0), move(1, down), move(2, along)],
    inner: [0, 1, 2].map((axis) => ({ a: move(axis + 1), b: move(axis) })),
    parts: [{ ...whole(y), inner: filter.slice(0, 3), a: first, b: [0, 0, 0, 0] }],
  };
}

/** The filter's gradient of padded x and dy. */
export function byFilter({ y, filter, strides: [down, along], before }: Sizes, pads: Pads): Windows {
  const first = [0, pads[0] - before[0], pads[1] - before[1], 0];
  return {
    rows: [move(1), move(2), move(3)],
    inner: [
      { a: move(0), b: move(0) },
      { a: move(1, down), b: move(1) },
      { a: move(2, along), b: move(2) },
    ],
    parts: [{ ...whole(filter), inner: y.slice(0, 3), a: first, b: [0, 0, 0, 0] }],
  };
}

/** Pixels of x along a side that the same places of windows fall upon, `stride` apart. */
export interface Phase {
  /** First of the filter's places that reach them, and how many do. */
  readonly place: number;
  readonly places: number;
  /** The first of the pixels, how many there are, and the window that has the first pixel at its first place. */
  readonly pixel: number;
  readonly pixels: number;
  readonly window: number;
}

export function phasesAlong({ x, filter, strides, before }: Sizes, side: 0 | 1): readonly Phase[] {
  const [length, stride, pad] = [at(x, side + 1), strides[side], before[side]];
  return Array.from({ length: stride }, (_, place) => {
    const pixel = (((place - pad) % stride) + stride) % stride;
    return {
      place,
      places: Math.max(0, Math.ceil((at(filter, side) - place) / stride)),
      pixel,
      pixels: Math.max(0, Math.ceil((length - pixel) / stride)),
      window: (pixel + pad - place) / stride,
    };
  }).filter(({ pixels }) => pixels > 0);
}

/** The zeros around dy that the gradient by x reaches. */
export function padsOfGradient(sizes: Sizes): Pads {
  const sides = ([0, 1] as const).map((side) => {
    const phases = phasesAlong(sizes, side).filter(({ places }) => places > 0);
    const last = at(sizes.y, side + 1) - 1;
    return {
      before: Math.max(0, ...phases.map(({ window, places }) => places - 1 - window)),
      after: Math.max(0, ...phases.map(({ window, pixels }) => window + pixels - 1 - last)),
    };
  });
  const [rows, columns] = sides;
  return [rows?.before ?? 0, columns?.before ?? 0, rows?.after ?? 0, columns?.after ?? 0];
}

/** The gradient by x of padded dy and the filter with its last two axes exchanged: a product for each phase. */
export function byInput(sizes: Sizes, pads: Pads): Windows {
  const { x, y, strides } = sizes;
  const [batch, channels, outputs] = [at(x, 0), at(x, 3), at(y, 3)];
  return {
    rows: [move(0), move(1), move(2)],
    // A place further in the filter is a window before.
    inner: [
      { a: move(1, -1), b: move(0, strides[0]) },
      { a: move(2, -1), b: move(1, strides[1]) },
      { a: move(3), b: move(2) },
    ],
    parts: phasesAlong(sizes, 0).flatMap((down) =>
      phasesAlong(sizes, 1).map((along) => ({
        starts: [0, down.pixel, along.pixel, 0],
        steps: [1, strides[0], strides[1], 1],
        sizes: [batch, down.pixels, along.pixels, channels],
        inner: [down.places, along.places, outputs],
        a: [0, pads[0] + down.window, pads[1] + along.window, 0],
        b: [down.place, along.place, 0, 0],
      })),
    ),
  };
}
