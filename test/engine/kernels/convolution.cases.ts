import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Example, KernelCase } from './kernel-case.ts';

type Pad = Parameters<typeof tf.conv2d>[3];
type Image = tf.Tensor4D;

/** Sizes at which windows fall over the edge, leave rows over, or fit, with every kind of padding. */
const geometry = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 4, max: 7 }),
  width: fc.integer({ min: 4, max: 7 }),
  // From eight channels on, the gradient by x may be a product (convolution-products.ts).
  inputs: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 8, max: 9 })),
  outputs: fc.integer({ min: 1, max: 3 }),
  filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  pad: fc.constantFrom<Pad[]>('same', 'valid', [
    [0, 0],
    [1, 0],
    [0, 2],
    [0, 0],
  ]),
});
type Geometry = typeof geometry extends fc.Arbitrary<infer Value> ? Value : never;

const shapesOf = ({ batch, height, width, inputs, outputs, filter: [rows, columns] }: Geometry) => ({
  x: [batch, height, width, inputs] as [number, number, number, number],
  filter: [rows, columns, inputs, outputs] as [number, number, number, number],
});

/** The shape of y, as tfjs says it. */
function outputShape(sizes: Geometry): [number, number, number, number] {
  const { x, filter } = shapesOf(sizes);
  return tf.backend_util.computeConv2DInfo(x, filter, sizes.strides, 1, sizes.pad, 'floor').outShape;
}

const convolve = (x: tf.Tensor, filter: tf.Tensor, { strides, pad }: Geometry): tf.Tensor =>
  tf.conv2d(x as Image, filter as Image, strides, pad, 'NHWC', 1, Array.isArray(pad) ? 'floor' : undefined);

const example = (make: (sizes: Geometry) => Example) => geometry.map(make);

export const convolutionCases: readonly KernelCase[] = [
  {
    kernel: 'Conv2D',
    example: example((sizes) => {
      const { x, filter } = shapesOf(sizes);
      return { shapes: [x, filter], run: (a, b) => convolve(a, b, sizes) };
    }),
  },
  {
    kernel: 'Conv2DBackpropInput',
    example: example((sizes) => {
      const { x, filter } = shapesOf(sizes);
      return {
        shapes: [outputShape(sizes), filter],
        run: (dy, b) =>
          tf.conv2dTranspose(
            dy as Image,
            b as Image,
            x,
            sizes.strides,
            sizes.pad,
            Array.isArray(sizes.pad) ? 'floor' : undefined,
          ),
      };
    }),
  },
  {
    kernel: 'Conv2DBackpropFilter',
    example: example((sizes) => {
      const { x, filter } = shapesOf(sizes);
      // Linear in the filter: its gradient is the kernel under test wherever the filter is.
      const run = (a: tf.Tensor, dy: tf.Tensor) =>
        tf.grad((b) => tf.sum(tf.mul(convolve(a, b, sizes), dy)))(tf.zeros(filter));
      return { shapes: [x, outputShape(sizes)], run };
    }),
    noGradient: 'tfjs has none; gradient penalties, which differentiate by x first, need none (convolution.test.ts)',
  },
  {
    kernel: 'FusedBatchNorm',
    example: fc
      .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }), fc.constantFrom(1e-3, 1e-5))
      .map(([shape, epsilon]) => {
        const channels = shape.slice(-1);
        return {
          shapes: [shape, channels, channels, channels, channels],
          // A variance is positive.
          run: (x, mean, root, offset, scale) =>
            tf.batchNorm(
              x,
              mean as tf.Tensor1D,
              tf.add(tf.square(root), 0.5) as tf.Tensor1D,
              offset as tf.Tensor1D,
              scale as tf.Tensor1D,
              epsilon,
            ),
        };
      }),
  },
];
