/** Layers with their parameters' shapes and first values, so that a network is a list of them. */
import * as tf from '@tensorflow/tfjs';
import type { Random } from '../base/random.ts';
import { initialisers } from './initialise.ts';
import { joinLayouts, type Layout, layoutOf } from './layout.ts';
import type { Moments } from './moments.ts';
import { parameter } from './net.ts';

export interface Layer {
  readonly shapes: readonly (readonly number[])[];
  /** Shapes of the moments that it asks for. */
  readonly statistics?: readonly (readonly number[])[];
  /** Writes its first values, one tensor after another, over zeros. */
  initialise?(random: Random, into: Float32Array): void;
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor, moments: Moments): tf.Tensor;
}

/** Side of every kernel, and the factor between sides. */
const kernel = 4;
const stride = 2;
/** Inside the root of a batch normalisation's variance. */
const epsilon = 1e-5;

function glorot(random: Random, weights: Float32Array, fanIn: number, fanOut: number): void {
  for (let at = 0; at < weights.length; at++) weights[at] = initialisers['xavier-uniform'](random, fanIn, fanOut);
}

/** `[batch, inputs] → [batch, outputs]`, with a bias. */
export const dense = (inputs: number, outputs: number): Layer => ({
  shapes: [[inputs, outputs], [outputs]],
  initialise: (random, into) => glorot(random, into.subarray(0, inputs * outputs), inputs, outputs),
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

function initialiseFilter(random: Random, into: Float32Array, inputs: number, outputs: number): void {
  const field = kernel * kernel;
  glorot(random, into.subarray(0, field * inputs * outputs), field * inputs, field * outputs);
}

/** Batch normalisation over all but the last dimension (Ioffe & Szegedy 2015), with scale and offset. */
export const normalise = (channels: number): Layer => ({
  shapes: [[channels], [channels]],
  statistics: [[channels], [channels]],
  initialise: (_, into) => void into.fill(1, 0, channels),
  apply(parameters, x, moments) {
    const { mean, variance } = moments.next(x);
    const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), parameter(parameters, 0));
    return tf.add(tf.mul(tf.sub(x, mean), factor), parameter(parameters, 1));
  },
});

/** A layer without parameters. */
export const map = (apply: (x: tf.Tensor) => tf.Tensor): Layer => ({ shapes: [], apply: (_, x) => apply(x) });

/** Layers one after another, as one network of a flat vector. */
export function sequence(layers: readonly Layer[]): {
  readonly layout: Layout;
  readonly statistics: Layout;
  initialise(random: Random): Float32Array;
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor, moments: Moments): tf.Tensor;
} {
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
    apply(parameters, x, moments) {
      let start = 0;
      return layers.reduce((hidden, layer) => {
        const own = parameters.slice(start, start + layer.shapes.length);
        start += layer.shapes.length;
        return layer.apply(own, hidden, moments);
      }, x);
    },
  };
}
