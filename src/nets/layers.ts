/** Defines layers by their parameters' shapes and first values, so that a network is a list of layers. */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { leakyRelu } from './activation.ts';
import { type InitialiserName, initialisers } from './initialise.ts';
import { joinLayouts, layoutOf } from './layout.ts';
import { type Net, parameter } from './net.ts';
import type { Statistics } from './statistics.ts';

export interface Layer {
  readonly shapes: readonly (readonly number[])[];
  /** Shapes of the statistics that it asks for. */
  readonly statistics?: readonly (readonly number[])[];
  /** Writes its first values, one tensor after another, over zeros. */
  initialise?(random: Random, into: Float32Array): void;
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor, statistics: Statistics): tf.Tensor;
}

/** Side of every kernel, and the factor between sides. */
const kernel = 4;
const stride = 2;
/** Inside the root of a batch normalisation's variance. */
const epsilon = 1e-5;

function fill(weights: Float32Array, random: Random, fanIn: number, fanOut: number, name: InitialiserName): void {
  const draw = initialisers[name];
  for (let at = 0; at < weights.length; at++) weights[at] = draw(random, fanIn, fanOut);
}

/** `[batch, inputs] → [batch, outputs]`, with a bias. */
export const dense = (inputs: number, outputs: number, initialiser: InitialiserName = 'xavier-uniform'): Layer => ({
  shapes: [[inputs, outputs], [outputs]],
  initialise: (random, into) => fill(into.subarray(0, inputs * outputs), random, inputs, outputs, initialiser),
  apply: (parameters, x) => tf.add(tf.matMul(x, parameter(parameters, 0)), parameter(parameters, 1)),
});

/** `[batch, h, w, inputs] → [batch, h / 2, w / 2, outputs]`; without a bias where a normalisation follows. */
export const halve = (inputs: number, outputs: number, bias: boolean): Layer => ({
  shapes: [[kernel, kernel, inputs, outputs], ...(bias ? [[outputs]] : [])],
  initialise: (random, into) => initialiseFilter(random, into, inputs, outputs),
  apply(parameters, x) {
    const sums = tf.conv2d(x as tf.Tensor4D, parameter(parameters, 0) as tf.Tensor4D, stride, 'same'); // the shapes above are of rank 4
    return bias ? tf.add(sums, parameter(parameters, 1)) : sums;
  },
});

/** `[batch, h, w, inputs] → [batch, 2h, 2w, outputs]`; without a bias where a normalisation follows. */
export const double = (inputs: number, outputs: number, bias: boolean): Layer => ({
  shapes: [[kernel, kernel, outputs, inputs], ...(bias ? [[outputs]] : [])],
  initialise: (random, into) => initialiseFilter(random, into, inputs, outputs),
  apply(parameters, x) {
    const [batch = 1, height = 1, width = 1] = x.shape;
    const size: [number, number, number, number] = [batch, height * stride, width * stride, outputs];
    const sums = tf.conv2dTranspose(x as tf.Tensor4D, parameter(parameters, 0) as tf.Tensor4D, size, stride, 'same'); // as above
    return bias ? tf.add(sums, parameter(parameters, 1)) : sums;
  },
});

/** Side of the kernels of a residual block. */
const blockKernel = 3;

/**
 * `[batch, h, w, channels]` and the same plus two 3 × 3 convolutions of it, each after a leaky ReLU. The second convolution
 * starts at 0, so that the block begins as the identity; the first after He, divided by the root of `blocks`, the number of
 * such blocks one after another (Zhang et al. 2019, Fixup).
 */
export function residual(channels: number, slope: number, blocks: number): Layer {
  const filter = [blockKernel, blockKernel, channels, channels];
  const size = blockKernel ** 2 * channels ** 2;
  return {
    shapes: [filter, [channels], filter, [channels]],
    initialise(random, into) {
      const first = into.subarray(0, size);
      fill(first, random, blockKernel ** 2 * channels, blockKernel ** 2 * channels, 'he-normal');
      for (let at = 0; at < size; at++) first[at] = (first[at] as number) / Math.sqrt(blocks);
    },
    apply(parameters, x) {
      const convolved = (input: tf.Tensor, at: number) =>
        tf.add(
          tf.conv2d(leakyRelu(input, slope) as tf.Tensor4D, parameter(parameters, at) as tf.Tensor4D, 1, 'same'), // the shapes above are of rank 4
          parameter(parameters, at + 1),
        );
      return tf.add(x, convolved(convolved(x, 0), 2));
    },
  };
}

function initialiseFilter(random: Random, into: Float32Array, inputs: number, outputs: number): void {
  const field = kernel * kernel;
  fill(into.subarray(0, field * inputs * outputs), random, field * inputs, field * outputs, 'xavier-uniform');
}

/** Batch normalisation over all but the last dimension (Ioffe & Szegedy 2015), with scale and offset. */
export const normalise = (channels: number): Layer => ({
  shapes: [[channels], [channels]],
  statistics: [[channels], [channels]],
  initialise: (_, into) => void into.fill(1, 0, channels),
  apply(parameters, x, statistics) {
    const { mean, variance } = statistics.next(x);
    const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), parameter(parameters, 0));
    return tf.add(tf.mul(tf.sub(x, mean), factor), parameter(parameters, 1));
  },
});

/** A layer without parameters. */
export const map = (apply: (x: tf.Tensor) => tf.Tensor): Layer => ({ shapes: [], apply: (_, x) => apply(x) });

/** Layers one after another, as one network of a flat vector. */
export function sequence(layers: readonly Layer[]): Net {
  const layouts = layers.map(({ shapes }) => layoutOf(shapes));
  return {
    layout: joinLayouts(layouts),
    statistics: layoutOf(layers.flatMap(({ statistics = [] }) => statistics)),
    initialise(random) {
      const values = new Float32Array(layouts.reduce((sum, { size }) => sum + size, 0));
      let start = 0;
      for (const [index, layer] of layers.entries()) {
        const size = layouts[index]?.size ?? 0;
        layer.initialise?.(random, values.subarray(start, start + size));
        start += size;
      }
      return values;
    },
    apply(parameters, x, statistics) {
      let start = 0;
      return layers.reduce((hidden, layer) => {
        const own = parameters.slice(start, start + layer.shapes.length);
        start += layer.shapes.length;
        return layer.apply(own, hidden, statistics);
      }, x);
    },
  };
}
