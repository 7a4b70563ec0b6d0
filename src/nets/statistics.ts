/** Gives batch normalisations their mean and variance: the batch's own in training, running statistics in evaluation. */
import * as tf from '@tensorflow/tfjs-core';

/** One pass through a network. Each layer asks once, in order. */
export interface Statistics {
  /** Of `x` over all but its last dimension: `[channels]` each. */
  next(x: tf.Tensor): { readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D };
}

/** The batch's own, as in training; each is also added to `record`: mean, variance, mean, … */
export function batchStatistics(record?: tf.Tensor[]): Statistics {
  return {
    next(x) {
      const axes = x.shape.map((_, axis) => axis).slice(0, -1);
      const mean = tf.mean<tf.Tensor1D>(x, axes);
      const variance = tf.mean<tf.Tensor1D>(tf.square(tf.sub(x, mean)), axes);
      record?.push(mean, variance);
      return { mean, variance };
    },
  };
}

/** Kept ones, in the order in which `batchStatistics` records them. */
export function runningStatistics(kept: readonly tf.Tensor[]): Statistics {
  let at = 0;
  return {
    next() {
      const [mean, variance] = [kept[at], kept[at + 1]];
      if (mean === undefined || variance === undefined) throw new Error('internal: a network lacks running statistics');
      at += 2;
      return { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D }; // their layout is `[channels]`
    },
  };
}
