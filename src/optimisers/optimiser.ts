/** Optimisers are pure: (parameters, gradient, state) → (parameters, state), on flat vectors. */
import type * as tf from '@tensorflow/tfjs-core';

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

/** The shapes of what an optimiser remembers. */
export const slotShapes = (slots: ReturnType<Optimiser['slots']>): Record<string, readonly number[]> =>
  Object.fromEntries(Object.entries(slots).map(([name, { shape }]) => [name, shape]));

/** What it remembers before the first step; a scalar is an array of one. */
export const firstSlots = (slots: ReturnType<Optimiser['slots']>): Record<string, Float32Array> =>
  Object.fromEntries(
    Object.entries(slots).map(([name, { shape, initial }]) => [name, new Float32Array(shape[0] ?? 1).fill(initial)]),
  );
