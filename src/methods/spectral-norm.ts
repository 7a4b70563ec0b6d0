/** Divides a weight by its largest singular value (Miyato et al. 2018, algorithm 1). */
import * as tf from '@tensorflow/tfjs-core';
import { constant } from './calculus.ts';

/** Inside norms: a weight may be zero. */
const tiny = 1e-12;

const unit = (vector: tf.Tensor): tf.Tensor => tf.div(vector, tf.sqrt(tf.add(tf.sum(tf.square(vector)), tiny)));

/** W / σ(W), σ = uᵀ W v with u and v constants; the rows of W are all dimensions but the last, which is of outputs. */
export function spectrallyNormalised(weight: tf.Tensor, iterations: number): tf.Tensor {
  const outputs = weight.shape.at(-1) ?? 1;
  const matrix = weight.reshape([-1, outputs]);
  const fixed = constant(matrix);
  let v = unit(tf.tensor2d(firstVector(outputs), [outputs, 1]));
  let u = unit(tf.matMul(fixed, v));
  for (let iteration = 1; iteration < iterations; iteration++) {
    v = unit(tf.matMul(fixed, u, true));
    u = unit(tf.matMul(fixed, v));
  }
  v = unit(tf.matMul(fixed, u, true));
  const sigma = tf.sum(tf.mul(u, tf.matMul(matrix, v)));
  return tf.div(weight, sigma);
}

/** Numbers of both signs and different sizes, so that no singular vector is likely to be orthogonal to it. */
const firstVector = (size: number): number[] => Array.from({ length: size }, (_, index) => Math.cos(1 + 2.4 * index));
