/** Adam (Kingma & Ba 2015, algorithm 1), ε outside of the root as there and in PyTorch. */
import * as tf from '@tensorflow/tfjs-core';
import { type Optimiser, slot } from './optimiser.ts';

export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 *     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *     θ ← θ − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * The powers βᵗ are kept as scalars of the state. Without β₁ there is no first moment: m is g.
 */
export function adamOptimiser({ rate, beta1, beta2, epsilon }: AdamSettings): Optimiser {
  return {
    slots: (size) => ({
      ...(beta1 > 0 ? { mean: { shape: [size], initial: 0 }, power1: { shape: [], initial: 1 } } : {}),
      square: { shape: [size], initial: 0 },
      power2: { shape: [], initial: 1 },
    }),
    update(parameters, gradient, slots) {
      const square = mix(slot(slots, 'square'), tf.square(gradient), beta2);
      const power2 = tf.mul(slot(slots, 'power2'), beta2);
      const next: Record<string, tf.Tensor> = { square, power2 };
      let mean = gradient;
      if (beta1 > 0) {
        next.mean = mix(slot(slots, 'mean'), gradient, beta1);
        next.power1 = tf.mul(slot(slots, 'power1'), beta1);
        mean = tf.div(next.mean, tf.sub(1, next.power1));
      }
      const root = tf.sqrt(tf.div(square, tf.sub(1, power2)));
      const change = tf.div(mean, tf.add(root, epsilon));
      return { parameters: tf.sub(parameters, tf.mul(change, rate)), slots: next };
    },
  };
}

/** decay · old + (1 − decay) · fresh. */
const mix = (old: tf.Tensor, fresh: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(tf.mul(old, decay), tf.mul(fresh, 1 - decay));
