/** RMSProp (Tieleman & Hinton 2012), without momentum, ε outside of the root as in PyTorch. */
import * as tf from '@tensorflow/tfjs-core';
import { type Optimiser, slot } from './optimiser.ts';

export interface RmspropSettings {
  readonly rate: number;
  readonly decay: number;
  readonly epsilon: number;
}

/** v ← decay · v + (1 − decay) g²,  θ ← θ − rate · g / (√v + ε). */
export function rmspropOptimiser({ rate, decay, epsilon }: RmspropSettings): Optimiser {
  return {
    slots: (size) => ({ square: { shape: [size], initial: 0 } }),
    update(parameters, gradient, slots) {
      const square = tf.add(tf.mul(slot(slots, 'square'), decay), tf.mul(tf.square(gradient), 1 - decay));
      const change = tf.div(gradient, tf.add(tf.sqrt(square), epsilon));
      return { parameters: tf.sub(parameters, tf.mul(change, rate)), slots: { square } };
    },
  };
}
