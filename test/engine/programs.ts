/** Small random programs of the kernels that training steps use, for properties that hold for every program. */
import * as tf from '@tensorflow/tfjs-core';
import type { Shapes, TensorFunction } from '../../src/engine/capture/tracer.ts';
import { uniform } from './harness.ts';

export const programShapes: Shapes = { x: [3, 4], w: [4, 4], b: [4], s: [] };

type Matrix = tf.Tensor2D;

/** Every step makes a `[3, 4]` tensor of two earlier ones; ones, zeros, masks and copies abound, as in autodiff's traces. */
const steps: readonly ((a: Matrix, b: Matrix, w: Matrix, row: tf.Tensor, s: tf.Tensor) => tf.Tensor)[] = [
  (a, _, w) => tf.matMul(a, w),
  (a, _, w, row) => tf.relu(tf.add(tf.matMul(a, w), row)),
  (a, b, w) => tf.add(tf.matMul(a, w, false, true), b),
  (a, b) => tf.matMul(tf.matMul(a, b, false, true), b),
  (a, b) => tf.matMul(a, tf.matMul(b, a, true)),
  (a, b) => tf.mul(a, b),
  (a, b) => tf.sub(a, b),
  (a, b) => tf.add(a, tf.neg(b)),
  (a, b) => tf.maximum(a, b),
  (a, _, __, row) => tf.mul(a, row),
  (a, _, __, ___, s) => tf.mul(tf.mul(a, 0.5), tf.mul(s, 2)),
  (a) => tf.mul(a, tf.step(a, 0.2)),
  // Not at 0, where differences of equal things lie and rounding decides the side.
  (a, b) => tf.mul(a, tf.step(tf.add(b, 0.123))),
  (a) => tf.mul(a, tf.ones([3, 4])),
  (a, b) => tf.add(a, tf.mul(b, tf.zerosLike(b))),
  (a) => tf.sub(tf.zeros([3, 4]), a),
  (a) => tf.div(a, tf.fill([3, 4], 2)),
  (a) => tf.neg(tf.neg(a)),
  (a) => tf.mul(tf.sum(a, 1, true), tf.ones([1, 4])),
  (a, b) => tf.add(tf.broadcastTo(tf.mean(a), [3, 4]), b),
  (a, b) => tf.mul(tf.tile(tf.sum(a, 0, true), [3, 1]), tf.tile(tf.mean(b, 0, true), [3, 1])),
  (a) => tf.tile(tf.slice(a, [0, 0], [1, 4]), [3, 1]),
  (a) => a.reshape([12]).reshape([2, 6]).reshape([3, 4]),
  (a) => tf.transpose(tf.transpose(a)),
  (a) => tf.concat(tf.split(a, 2, 1), 1),
  (a, b) => tf.concat([tf.slice(a, [0, 0], [2, 4]), tf.slice(b, [2, 0], [1, 4])], 0),
  (a) => tf.sqrt(tf.add(tf.square(a), 1)),
  (a) => tf.softplus(a),
  (a) => tf.tanh(a),
  (a) => tf.pow(a, tf.scalar(1)),
  (a, b) => tf.squaredDifference(tf.tanh(a), b),
  (a, _, w) => tf.grad((v) => tf.sum(tf.relu(tf.matMul(v as Matrix, w))))(a),
];

/** The program of a seed: `length` steps, three results. */
export function randomProgram(seed: number, length: number): TensorFunction {
  return ({ x, w, b, s }) => {
    const random = uniform(seed);
    const below = (count: number) => Math.floor(random() * count);
    // The shapes above.
    const values = [x as Matrix];
    for (let index = 0; index < length; index++) {
      const step = steps[below(steps.length)];
      const [first, second] = [values[below(values.length)], values[below(values.length)]];
      if (!step || !first || !second) throw new Error('no such step');
      const next = step(first, second, w as Matrix, b as tf.Tensor, s as tf.Tensor) as Matrix;
      // Bounded, so that float32 says the same on both sides.
      values.push(tf.clipByValue(next, -4, 4));
    }
    const last = values.at(-1) as Matrix;
    return { last, sum: tf.sum(last), middle: values[Math.floor(length / 2)] as Matrix };
  };
}
