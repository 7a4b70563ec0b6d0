/** Where a network's batch normalisations take mean and variance from: the batch itself, or what was kept of batches. */
import * as tf from '@tensorflow/tfjs';

/** One pass through a network. Each layer asks once, in order. */
export interface Moments {
  /** Of `x` over all but its last dimension: `[channels]` each. */
  next(x: tf.Tensor): { readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D };
}

/** The batch's own, as in training; each is also added to `record`: mean, variance, mean, … */
export function batchMoments(record?: tf.Tensor[]): Moments {
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

/** Kept ones, in the order in which `batchMoments` records them. */
export function keptMoments(kept: readonly tf.Tensor[]): Moments {
  let at = 0;
  return {
    next() {
      const [mean, variance] = [kept[at], kept[at + 1]];
      if (mean === undefined || variance === undefined) throw new Error('internal: a network lacks kept moments');
      at += 2;
      return { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D }; // their layout is `[channels]`
    },
  };
}
