/**
 * A young generator that learns to pass for the data before the very classifier that learns to refuse its pictures. It never
 * grows old: after so many steps another takes its place, so that the classifier meets what generators paint before they are
 * good, again and again, and is no judge of good ones.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { Shapes } from '../engine/capture/tracer.ts';
import type { Arrays } from '../engine/engine.ts';
import { dcganNets } from '../nets/dcgan.ts';
import { unflatten } from '../nets/layout.ts';
import { batchStatistics } from '../nets/statistics.ts';
import { adamOptimiser } from '../optimisers/adam.ts';
import { firstSlots, slotShapes } from '../optimisers/optimiser.ts';
import { attributeRecipe } from './own-place.ts';

const { width, latent, rate, steps: age } = attributeRecipe.forger;
const optimiser = adamOptimiser({ rate, beta1: 0, beta2: 0.99, epsilon: 1e-8 });
/** Before the names of what a training step keeps for it. */
const prefix = 'forger.';

type Tensors = Readonly<Record<string, tf.Tensor>>;

export interface Forger {
  /** Pictures of a step. */
  readonly batch: number;
  readonly state: Shapes;
  readonly inputs: Shapes;
  /** Another one's state. */
  fresh(random: Random): Arrays;
  isOld(step: number): boolean;
  /** Latents of some steps. */
  draw(random: Random, steps: number): Arrays;
  /** @param passes logits `[batch, 1]` of being of the data, of pictures `[batch, …shape]`. */
  step(of: Tensors, passes: (pictures: tf.Tensor) => tf.Tensor): { pictures: tf.Tensor; next: Tensors };
}

/** @param shape `[size, size, channels]`, of an even side. */
export function forgerFor(shape: readonly number[], batch: number): Forger {
  const { generator } = dcganNets({ width }, { shape, latent, noise: 0, sees: { x: true, z: false }, packing: 1 });
  const slots = optimiser.slots(generator.layout.size);
  return {
    batch,
    state: named({ parameters: [generator.layout.size], ...slotShapes(slots) }),
    inputs: named({ z: [batch, latent] }),
    fresh: (random) => named({ parameters: generator.initialise(random), ...firstSlots(slots) }),
    isOld: (step) => step > 0 && step % age === 0,
    draw: (random, steps) =>
      named({ z: Float32Array.from({ length: steps * batch * latent }, () => 2 * random.uniform() - 1) }),
    step(of, passes) {
      const own = Object.entries(of).filter(([name]) => name.startsWith(prefix));
      const { parameters, z, ...kept } = Object.fromEntries(
        own.map(([name, tensor]) => [name.slice(prefix.length), tensor]),
      );
      if (parameters === undefined || z === undefined) throw new Error('internal: a forger without its state');
      const paint = (flat: tf.Tensor) => generator.apply(unflatten(flat, generator.layout), z, batchStatistics());
      // −log σ(l), the loss of a generator that does not saturate
      const { grad } = tf.valueAndGrad((flat) => tf.mean<tf.Scalar>(tf.softplus(tf.neg(passes(paint(flat))))))(
        parameters,
      );
      const { parameters: next, slots: nextSlots } = optimiser.update(parameters, grad, kept);
      return { pictures: paint(parameters), next: named({ parameters: next, ...nextSlots }) };
    },
  };
}

const named = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
