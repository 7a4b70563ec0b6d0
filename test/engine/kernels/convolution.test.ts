import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { OnnxGraph } from '../../../src/engine/graph/onnx-operators.ts';
import { optimise, toOnnxGraph } from '../../../src/engine/lower/compile.ts';
import { lower } from '../../../src/engine/lower/lower.ts';
import { distance, normalNumbers, runEager, runKernels, runOnnx } from '../harness.ts';
import { convolutionCases } from './convolution.cases.ts';
import { testKernels } from './kernel-case.ts';

testKernels(convolutionCases, 'operators');
testKernels(convolutionCases, 'products');

const forms = ['operators', 'products'] as const;

type Image = tf.Tensor4D;

/** A penalty on the gradient by x of a small convolutional critic, as a function of its two filters. */
const penalty = (x: tf.Tensor, first: tf.Tensor, second: tf.Tensor): tf.Scalar => {
  const critic = (image: tf.Tensor) => {
    const sums = tf.conv2d(image as Image, first as Image, 2, 'same');
    return tf.sum(tf.conv2d(tf.mul(sums, tf.step(sums, 0.2)) as Image, second as Image, 1, 'valid'));
  };
  return tf.sum(tf.square(tf.grad(critic)(x)));
};
const shapes = { x: [2, 6, 6, 2], first: [3, 3, 2, 3], second: [2, 2, 3, 1] };

describe('the second order', () => {
  const fn: TensorFunction = ({ x, first, second }) => {
    const { value, grads } = tf.valueAndGrads((a, b) => penalty(x as tf.Tensor, a as tf.Tensor, b as tf.Tensor))([
      first as tf.Tensor,
      second as tf.Tensor,
    ]);
    return { value, first: grads[0] as tf.Tensor, second: grads[1] as tf.Tensor };
  };

  it.each(forms)('is computed as tfjs computes it, from the three kernels alone, as %s', async (convolutions) => {
    const inputs = normalNumbers(shapes, 3);
    const graph = trace(fn, shapes);
    const used = new Set(graph.nodes.map(({ op }) => op).filter((op) => op.startsWith('Conv2D')));
    expect([...used].toSorted()).toEqual(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput']);
    const actual = await runKernels(optimise(graph), inputs, { convolutions });
    expect(distance(actual, runEager(fn, shapes, inputs))).toBeLessThan(1e-6);
  });

  it('is what central differences of the first order are', async () => {
    const inputs = normalNumbers(shapes, 4);
    const gradients = await runKernels(optimise(trace(fn, shapes)), inputs);
    // Piecewise quadratic in each filter: a central difference is exact but for rounding, where no kink lies between.
    for (const name of ['first', 'second'] as const) {
      for (const index of [0, 5, 11]) {
        const at = (step: number) => {
          const moved = inputs[name]?.slice() ?? new Float32Array();
          moved[index] = (moved[index] ?? 0) + step;
          const only: TensorFunction = ({ x, first, second }) => ({
            y: penalty(x as tf.Tensor, first as tf.Tensor, second as tf.Tensor),
          });
          return runEager(only, shapes, { ...inputs, [name]: moved }).y?.numbers[0] ?? Number.NaN;
        };
        const expected = (at(1e-2) - at(-1e-2)) / 2e-2;
        const actual = gradients[name]?.numbers[index] ?? Number.NaN;
        expect(Math.abs(actual - expected)).toBeLessThan(3e-3 * Math.max(1, Math.abs(expected)));
      }
    }
  });
});

describe('what is refused', () => {
  it.each([
    [
      'dilations [2] (1 alone)',
      () => tf.conv2d(tf.zeros([1, 8, 8, 1]) as Image, tf.zeros([3, 3, 1, 1]) as Image, 1, 'same', 'NHWC', 2),
    ],
    [
      'dataFormat NCHW (NHWC alone)',
      () => tf.conv2d(tf.zeros([1, 1, 8, 8]) as Image, tf.zeros([3, 3, 1, 1]) as Image, 1, 'same', 'NCHW'),
    ],
  ])('%s, by kernel and option', (option, run) => {
    expect(() => trace(() => ({ y: run() }), {})).toThrow(`kernel Conv2D cannot be compiled with ${option}`);
  });

  it('a batch normalisation without its offset', () => {
    const normalise: TensorFunction = ({ x, c }) => ({
      y: tf.batchNorm(x as tf.Tensor, c as tf.Tensor1D, c as tf.Tensor1D, undefined, c as tf.Tensor1D),
    });
    expect(() => trace(normalise, { x: [2, 4, 4, 3], c: [3] })).toThrow('give it offset too');
  });
});

describe('transposes', () => {
  /** Three convolutions with biases and leaky ReLUs between them. */
  const tower: TensorFunction = ({ x, a, b, c, bias }) => {
    const layer = (image: tf.Tensor, filter: tf.Tensor) => {
      const sums = tf.add(tf.conv2d(image as Image, filter as Image, 2, 'same'), bias as tf.Tensor);
      return tf.mul(sums, tf.step(sums, 0.2));
    };
    return { y: layer(layer(layer(x as tf.Tensor, a as tf.Tensor), b as tf.Tensor), c as tf.Tensor) };
  };
  const sizes = { x: [2, 16, 16, 4], a: [4, 4, 4, 4], b: [4, 4, 4, 4], c: [4, 4, 4, 4], bias: [4] };
  const gradients: TensorFunction = (inputs) => {
    const names = Object.keys(inputs);
    const value = (...all: tf.Tensor[]) =>
      tf.sum<tf.Scalar>(tower(Object.fromEntries(all.map((tensor, index) => [names[index], tensor]))).y as tf.Tensor);
    return Object.fromEntries(
      tf
        .grads(value)(Object.values(inputs))
        .map((gradient, index) => [names[index] ?? '', gradient]),
    );
  };
  const transposes = ({ nodes }: OnnxGraph) => nodes.filter((node) => node.op === 'Transpose');

  it('remain at the edges of a stack: where it begins, where it ends, and one a filter', () => {
    const graph = optimise(trace(tower, sizes));
    const edges = (lowered: OnnxGraph) => new Set([...lowered.inputs.values(), ...lowered.outputs.values()]);
    expect(transposes(lower(graph))).toHaveLength(9);
    const lowered = toOnnxGraph(graph);
    const left = transposes(lowered);
    expect(left).toHaveLength(5);
    for (const { inputs, outputs } of left) {
      expect([...inputs, ...outputs].some((value) => edges(lowered).has(value))).toBe(true);
    }
  });

  it('remain in its gradients where a product needs batch and channels to change places, and at the edges', async () => {
    const graph = optimise(trace(gradients, sizes));
    expect(transposes(lower(graph))).toHaveLength(27);
    const lowered = toOnnxGraph(graph);
    // One of x, three of filters, three of filters' gradients, one of x's: the rest swap batch and channels.
    const left = transposes(lowered).map(({ attributes }) => String(attributes.perm));
    const swaps = left.filter((perm) => perm === '1,0,2,3' || perm === '3,0,1,2');
    expect([left.length, swaps.length]).toEqual([14, 6]);
    const inputs = normalNumbers(sizes, 6, 0.5);
    expect(distance(await runOnnx(lowered, inputs), runEager(gradients, sizes, inputs))).toBeLessThan(2e-6);
  });
});
