/** The terms by which a classifier guides a generator: cross-entropy of the intended class, variety within a class. */
import * as tf from '@tensorflow/tfjs-core';
import { ganLosses } from './losses.ts';
import type { Losses } from './method.ts';

/** Inside roots and quotients. */
const tiny = 1e-6;

/** Weights of the terms, as `guidance` of a spec has them. */
interface Guidance {
  readonly guidance: { readonly classification: number; readonly variety: number };
}

export const guidedLosses: Losses<Guidance> = {
  ...ganLosses,
  generatorLoss(step) {
    const { inputs, batch, settings, guide } = step;
    if (!guide || !inputs.fake.x) throw new Error('internal: guided lacks its guide or its samples');
    const { features, logits } = guide.classify(inputs.fake.x);
    const intended = classesOf(batch.z, guide.variety.length);
    const terms = [
      ganLosses.generatorLoss(step),
      tf.mul(settings.guidance.classification, crossEntropy(logits, intended)),
      tf.mul(settings.guidance.variety, varietyLoss(features, intended, guide.variety)),
    ];
    return tf.addN(terms) as tf.Scalar; // each is one
  },
};

/** The class of every z, one-hot `[batch, classes]`: that of the block which is not 0. */
export function classesOf(z: tf.Tensor, classes: number): tf.Tensor {
  const [batch = 1, dim = 1] = z.shape;
  return tf.step(tf.sum(tf.square(z.reshape([batch, classes, dim / classes])), 2));
}

/** mean over examples of −log softmax(logits)[class]. */
export function crossEntropy(logits: tf.Tensor, oneHot: tf.Tensor): tf.Scalar {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const normaliser = tf.log(tf.sum(tf.exp(shifted), 1));
  return tf.mean(tf.sub(normaliser, tf.sum(tf.mul(shifted, oneHot), 1)));
}

/** mean over the classes of the batch of (s_c / S_c − 1)². */
function varietyLoss(features: tf.Tensor, classes: tf.Tensor, real: readonly number[]): tf.Scalar {
  const counts = tf.sum(classes, 0); // [classes]
  const members = tf.transpose(classes); // [classes, batch]
  const means = tf.div(tf.matMul(members, features), tf.maximum(counts, 1).reshape([-1, 1]));
  const squares = tf.square(tf.sub(features, tf.matMul(classes, means))); // [batch, features]
  const variances = tf.div(tf.matMul(members, squares), tf.maximum(tf.sub(counts, 1), 1).reshape([-1, 1]));
  const deviation = tf.mean(tf.sqrt(tf.add(variances, tiny)), 1); // [classes]
  const ratio = tf.div(deviation, tf.tensor1d([...real].map((value) => Math.max(value, tiny))));
  const counted = tf.step(tf.sub(counts, 1)); // two examples or more
  return tf.div(tf.sum(tf.mul(counted, tf.square(tf.sub(ratio, 1)))), tf.maximum(tf.sum(counted), 1));
}
