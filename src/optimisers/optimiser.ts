/** Optimisers are pure: (parameters, gradient, state) → (parameters, state), on flat vectors. */
import type * as tf from '@tensorflow/tfjs';

export type Slots = Readonly<Record<string, tf.Tensor>>;

export interface Optimiser {
  /** Names, shapes and first values of what it remembers of a parameter vector of this size. */
  slots(size: number): Readonly<Record<string, { readonly shape: readonly number[]; readonly initial: number }>>;
  update(parameters: tf.Tensor, gradient: tf.Tensor, slots: Slots): { parameters: tf.Tensor; slots: Slots };
}

/** What an optimiser remembers under this name. */
export function slot(slots: Slots, name: string): tf.Tensor {
  const tensor = slots[name];
  if (tensor === undefined) throw new Error(`internal: the optimiser's state lacks ${name}`);
  return tensor;
}
