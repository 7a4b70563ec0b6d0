/** Functions whose gradients are themselves differentiated: tfjs's own are wrong there, since they build on saved outputs. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * A function of tensors with this derivative, which may be differentiated in turn. tfjs keeps `save`d inputs for the gradient,
 * on its tape; what a closure holds is gone by then.
 */
const withGradient = (
  value: (x: tf.Tensor) => tf.Tensor,
  gradient: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
): ((x: tf.Tensor) => tf.Tensor) =>
  tf.customGrad((input, save) => {
    const x = input as tf.Tensor; // customGrad hands its argument on, and how to save behind it
    (save as tf.GradSaveFunc)([x]);
    return { value: value(x), gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => gradient(dy, saved ?? x) };
  });

/** σ(x), right in derivatives of any order: σ′ = σ (1 − σ), computed from x anew. */
const sigmoid: (x: tf.Tensor) => tf.Tensor = withGradient(
  (x) => tf.sigmoid(x),
  (dy, x) => {
    const value = sigmoid(x);
    return tf.mul(dy, tf.mul(value, tf.sub(1, value)));
  },
);

/** log(1 + eˣ), right in derivatives of any order. */
export const softplus = withGradient(
  (x) => tf.softplus(x),
  (dy, x) => tf.mul(dy, sigmoid(x)),
);

/** x as a constant: no gradient flows through it. */
export const constant = withGradient(
  (x) => tf.clone(x),
  (dy) => tf.zerosLike(dy),
);
