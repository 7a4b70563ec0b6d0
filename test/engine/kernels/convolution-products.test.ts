/**
 * Convolutions as products where they are taken in parts, and what of them is shared. They are compared with ONNX's own
 * operators; convolution.test.ts compares both with tfjs, on small ones.
 */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Shapes, type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { ConvolutionForm } from '../../../src/engine/kernels/onnx-builder.ts';
import { optimise, toOnnxGraph } from '../../../src/engine/lower/compile.ts';
import { distance, normalNumbers, runOnnx } from '../harness.ts';

type Image = tf.Tensor4D;

/** The value of a convolution and its gradients by x and by the filter. */
const all =
  (strides: number): TensorFunction =>
  ({ x, filter, dy }) => {
    const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as Image, b as Image, strides, 'same');
    const [byX, byFilter] = tf.grads((a, b) => tf.sum(tf.mul(convolve(a, b), dy as tf.Tensor)))([
      x as tf.Tensor,
      filter as tf.Tensor,
    ]);
    return { y: convolve(x as tf.Tensor, filter as tf.Tensor), byX: byX as tf.Tensor, byFilter: byFilter as tf.Tensor };
  };

const lowered = (fn: TensorFunction, shapes: Shapes, convolutions: ConvolutionForm = 'products') =>
  toOnnxGraph(optimise(trace(fn, shapes)), { convolutions });

async function agree(fn: TensorFunction, shapes: Shapes): Promise<void> {
  const inputs = normalNumbers(shapes, 1, 0.2);
  const expected = await runOnnx(lowered(fn, shapes, 'operators'), inputs);
  expect(distance(await runOnnx(lowered(fn, shapes), inputs), expected)).toBeLessThan(2e-6);
}

const count = (op: string, fn: TensorFunction, shapes: Shapes) =>
  lowered(fn, shapes).nodes.filter((node) => node.op === op).length;

describe('more windows than the cache holds', () => {
  // 1,152 windows of 512 numbers: 512 of an example at a time, and 64 are left over.
  const shapes = { x: [2, 24, 24, 32], filter: [4, 4, 32, 32], dy: [2, 24, 24, 32] };

  it('are taken in parts, the last one smaller, with the numbers of the whole', async () => {
    // Two parts of windows, which the filter's gradient shares, and two of pixels.
    expect(count('Gather', all(1), shapes)).toBe(4);
    await agree(all(1), shapes);
  });

  it('with a stride too, where the parts of four phases are put in order', async () => {
    const strided = { x: [2, 46, 46, 8], filter: [4, 4, 8, 129], dy: [2, 23, 23, 129] };
    // Windows in one part, four phases in two, and their order.
    expect(count('Gather', all(2), strided)).toBe(1 + 4 * 2 + 1);
    await agree(all(2), strided);
  });
});

it('a large batch is not taken in more than 32 parts', () => {
  const convolve: TensorFunction = ({ x, filter }) => ({ y: tf.conv2d(x as Image, filter as Image, 2, 'same') });
  expect(count('Gather', convolve, { x: [4096, 16, 16, 8], filter: [4, 4, 8, 8] })).toBe(32);
});

describe('what a gradient shares with the pass before it', () => {
  const forward: TensorFunction = (inputs) => {
    const { y, byFilter } = all(1)(inputs);
    return { y: y as tf.Tensor, byFilter: byFilter as tf.Tensor };
  };
  const sized = (batch: number) => ({ x: [batch, 32, 32, 32], filter: [4, 4, 32, 1], dy: [batch, 32, 32, 1] });

  it('are the windows, up to a size', () => {
    // 8 · 1,024 windows of 512 numbers are 2²², in parts of 128 windows an example.
    expect(count('Gather', forward, sized(8))).toBe(8);
  });

  it('and no more above it: to keep them would take more than to gather them again', () => {
    // Parts of 114 windows an example, which make 1,024 rows: nine of them, twice.
    expect(count('Gather', forward, sized(9))).toBe(18);
  });
});
