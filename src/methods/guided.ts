/** A GAN with a guided latent space: a subspace of z for every class, and a classifier that says whether G keeps to it. */
import * as tf from '@tensorflow/tfjs';
import { gan } from './gan.ts';
import { defineMethod } from './method.ts';

/** Inside roots and quotients. */
const tiny = 1e-6;

/**
 *     L_D = BCE(D(x), 1) + BCE(D(G(z)), 0)
 *     L_G = BCE(D(G(z)), 1) + w_c · CE(C(G(z)), c) + w_v · mean over classes of (s_c / S_c − 1)²
 *
 * after a study on mode collapse and guided latent spaces: a classifier C is trained first and stays as it is; z has one
 * block of numbers a class, of which only that of its class c is not 0 (the latent `split`); the cross-entropy keeps G to
 * the class, and the last term keeps it from giving one example for all of it: s_c is the standard deviation of C's
 * features over the batch's examples of class c, averaged over features, S_c the same of the data. w_c is
 * `guidance.classification`, w_v `guidance.variety`.
 *
 * Deviations: 1. the study leaves the statistical term open ("variances equal to the real data variance as measured by the
 * classifier"); this is that, relative, so that classes weigh alike. 2. The standard deviation stands for the variance,
 * whose gradient vanishes where a class has collapsed. 3. Classes of fewer than two examples in a batch are left out.
 */
export const guided = defineMethod({
  ...gan,
  name: 'guided',
  playersLoss(discriminator, exhibits, batch, settings) {
    const { guidance, guide } = settings;
    if (!guidance || !guide || !exhibits.fake.x) throw new Error('internal: guided lacks its guide or its samples');
    const { features, logits } = guide.classify(exhibits.fake.x);
    const intended = classesOf(batch.z, guide.variety.length);
    const terms = [
      gan.playersLoss(discriminator, exhibits, batch, settings),
      tf.mul(guidance.classification, crossEntropy(logits, intended)),
      tf.mul(guidance.variety, varietyLoss(features, intended, guide.variety)),
    ];
    return tf.addN(terms) as tf.Scalar; // each is one
  },
});

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
