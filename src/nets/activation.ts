/** Defines activations that gradient penalties can differentiate twice. */
import * as tf from '@tensorflow/tfjs-core';

/** x·step(x, α): unlike tfjs's own leaky ReLU it is right to second order, which the gradient penalties need. */
export const leakyRelu = (x: tf.Tensor, slope: number): tf.Tensor => tf.mul(x, tf.step(x, slope));
