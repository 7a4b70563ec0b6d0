/** Penalties on the gradient of D with respect to what it is shown. D's gradient is that of its raw logit. */
import * as tf from '@tensorflow/tfjs-core';
import '../engine/tfjs-parts.ts';
import type { Pair } from '../nets/net.ts';
import type { Discriminator } from './method.ts';

/** TensorFlow.js, on whose tensors the penalties are functions. */
export { tf };

/** Inside roots: neither paper guards a norm of zero, whose derivative is NaN. */
const tiny = 1e-12;

/** ‖·‖₂ over all of an example's dimensions: `[batch, …] → [batch, 1, …]`. */
const normOf = (x: tf.Tensor): tf.Tensor => tf.sqrt(tf.add(tf.sum(tf.square(x), axesOf(x), true), tiny));
const axesOf = (x: tf.Tensor): number[] => x.shape.map((_, axis) => axis).slice(1);

/** ε a + (1 − ε) b; ε is `[batch, 1]` and spreads over the dimensions of an example. */
function between(a: tf.Tensor, b: tf.Tensor, epsilon: tf.Tensor): tf.Tensor {
  const weight = epsilon.reshape([a.shape[0] ?? 1, ...axesOf(a).map(() => 1)]);
  return tf.add(b, tf.mul(weight, tf.sub(a, b)));
}

/** ∇ₓ D at every example by itself: the gradient of the sum of the logits. */
const gradientAt = (logits: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor =>
  tf.grad((point) => tf.sum(logits(point)))(x);

export interface PairwisePenaltyInputs {
  /** Real examples, `[batch, …]`. */
  readonly x: tf.Tensor;
  /** Their reconstructions G(E(x)), of the same shape. */
  readonly reconstructed: tf.Tensor;
  /** Uniform on [0, 1), `[batch, 1]`. */
  readonly epsilon: tf.Tensor;
}

/**
 * Pair-wise gradient penalty (Sharma & Namboodiri 2018): on the line from x to its reconstruction x̂, D's gradient shall be
 * the unit vector towards x. Add it, times λ, to the loss of D.
 *
 *     x̃ = ε x + (1 − ε) x̂,   u = (x − x̂) / ‖x − x̂‖,   g = ∇ₓ̃ D(x̃, z)
 *     squared:  mean over examples of ‖g − u‖²       norm:  mean over examples of ‖g − u‖
 *
 * `squared` sums over an example's dimensions, where the article's snippet takes their mean as well: so λ does not depend
 * on the number of dimensions. `norm` is what the authors' code computes. x, x̂ and z are to be constants where it is
 * differentiated, as a step's exhibits are: then D's parameters, which `logits` closes over, are all that it moves.
 *
 * @param logits D(·, E(x)) as a function of x alone: `[batch, …] → [batch, 1]`, differentiable twice.
 */
export function pairwiseGradientPenalty(
  logits: (x: tf.Tensor) => tf.Tensor,
  { x, reconstructed, epsilon }: PairwisePenaltyInputs,
  form: 'squared' | 'norm' = 'squared',
): tf.Scalar {
  const difference = tf.sub(x, reconstructed);
  const towards = tf.div(difference, normOf(difference));
  const deviation = tf.sub(gradientAt(logits, between(x, reconstructed, epsilon)), towards);
  switch (form) {
    case 'squared':
      return tf.mean(tf.sum(tf.square(deviation), axesOf(deviation)));
    case 'norm':
      return tf.mean(normOf(deviation));
    default:
      return form satisfies never;
  }
}

/** mean over examples of (‖∇ₓ̃ D(x̃)‖ − 1)², x̃ uniform between real and generated (Gulrajani et al. 2017, equation 3). */
export function unitGradientPenalty(
  logits: (x: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  generated: tf.Tensor,
  epsilon: tf.Tensor,
): tf.Scalar {
  return unitSlopePenalty(logits, between(real, generated, epsilon));
}

/** mean over examples of (‖∇ₓ D(x)‖ − 1)². */
export function unitSlopePenalty(logits: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Scalar {
  return tf.mean(tf.square(tf.sub(normOf(gradientAt(logits, x)), 1)));
}

/**
 * mean over examples of ‖∇D‖², over x and z where D sees pairs (R₁ on data, R₂ on samples: Mescheder et al. 2018). x and z
 * are to be constants where it is differentiated, as in a step of D.
 */
export function zeroCentredPenalty(discriminator: Discriminator, { x, z }: Pair): tf.Scalar {
  const sides = [...(x ? [x] : []), ...(z ? [z] : [])];
  const pairOf = (points: readonly tf.Tensor[]): Pair => ({
    ...(x && points[0] && { x: points[0] }),
    ...(z && { z: points.at(-1) as tf.Tensor }), // the last of the sides
  });
  const gradients = tf.grads((...points) => tf.sum(discriminator(pairOf(points))))(sides);
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  return tf.div(tf.addN(squares), sides[0]?.shape[0] ?? 1);
}
