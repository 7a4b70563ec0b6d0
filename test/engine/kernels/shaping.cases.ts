import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { type KernelCase, shapeArb } from './kernel-case.ts';

/** A shape and one of its axes, said from the start or from the end. */
const shapeAndAxis = (minRank = 1) =>
  shapeArb(minRank).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.integer({ min: 0, max: shape.length - 1 }),
      fromEnd: fc.boolean(),
    }),
  );

export const shapingCases: readonly KernelCase[] = [
  {
    kernel: 'Reshape',
    example: fc
      .tuple(shapeArb(1), fc.boolean())
      .map(([shape, open]) => ({ shapes: [shape], run: (x) => tf.reshape(x, [1, open ? -1 : x.size, 1]) })),
  },
  {
    kernel: 'ExpandDims',
    example: shapeAndAxis().map(({ shape, axis, fromEnd }) => ({
      shapes: [shape],
      run: (x) => tf.expandDims(x, fromEnd ? -1 - axis : axis),
    })),
  },
  {
    kernel: 'Transpose',
    example: shapeArb(2)
      .chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.shuffledSubarray(
            shape.map((_, axis) => axis),
            { minLength: shape.length },
          ),
        ),
      )
      // tfjs leaves out a transpose of nothing.
      .map(([shape, perm]) => ({ shapes: [shape], run: (x) => tf.transpose(x, perm) })),
  },
  {
    kernel: 'Tile',
    example: shapeArb(1).chain((shape) =>
      fc
        .array(fc.integer({ min: 1, max: 3 }), { minLength: shape.length, maxLength: shape.length })
        .map((repeats) => ({ shapes: [shape], run: (x) => tf.tile(x, repeats) })),
    ),
  },
  {
    kernel: 'Slice',
    example: shapeArb(1).chain((shape) =>
      fc.tuple(...shape.map((size) => fc.tuple(fc.nat(size - 1), fc.boolean()))).map((choices) => ({
        shapes: [shape],
        run: (x) =>
          tf.slice(
            x,
            choices.map(([begin]) => begin),
            choices.map(([begin, toEnd], axis) => (toEnd ? -1 : Math.min(1, (shape[axis] ?? 0) - begin))),
          ),
      })),
    ),
  },
  {
    kernel: 'PadV2',
    example: shapeArb(1).chain((shape) =>
      fc
        .tuple(
          fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: shape.length, maxLength: shape.length }),
          fc.constantFrom(0, 1.5),
        )
        .map(([paddings, fill]) => ({ shapes: [shape], run: (x) => tf.pad(x, paddings, fill) })),
    ),
  },
  {
    kernel: 'SplitV',
    example: shapeAndAxis().chain(({ shape, axis, fromEnd }) =>
      fc.constantFrom('equal' as const, 'sizes' as const, 'rest' as const).map((kind) => {
        const size = shape[axis] ?? 1;
        const sizes = { equal: 2, sizes: [size, size], rest: [1, -1] }[kind];
        return {
          // Twice the side along the axis, so that it divides.
          shapes: [shape.map((length, index) => (index === axis ? 2 * length : length))],
          run: (x) => tf.split(x, sizes, fromEnd ? axis - shape.length : axis),
        };
      }),
    ),
  },
  {
    kernel: 'Unpack',
    example: shapeAndAxis().map(({ shape, axis, fromEnd }) => ({
      shapes: [shape],
      run: (x) => tf.unstack(x, fromEnd ? axis - shape.length : axis),
    })),
    // tfjs's gradient cannot stack a single piece.
    smooth: shapeArb().map((shape) => ({ shapes: [[2, ...shape]], run: (x) => tf.unstack(x) })),
  },
  {
    kernel: 'Concat',
    example: fc
      .tuple(shapeAndAxis(), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }))
      .map(([{ shape, axis }, lengths]) => ({
        shapes: lengths.map((length) => shape.map((size, index) => (index === axis ? length : size))),
        run: (...all) => tf.concat([...all], axis),
      })),
  },
  {
    kernel: 'Pack',
    example: fc.tuple(shapeAndAxis(), fc.integer({ min: 2, max: 3 })).map(([{ shape, axis }, count]) => ({
      shapes: Array(count).fill(shape),
      run: (...all) => tf.stack([...all], axis),
    })),
  },
  {
    kernel: 'Fill',
    example: shapeArb(1).map((shape) => ({ shapes: [shape], run: (x) => tf.mul(x, tf.fill(shape, 2.5)) })),
  },
];
