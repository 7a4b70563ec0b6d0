/**
 * Draws the batches of training steps. A step's draws are a pure function of seed and step, not of method: all methods of a
 * seed see the same data and latents, and a trial that resumes draws what it would have drawn.
 */

import { stream } from '../base/random.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { Arrays } from '../engine/engine.ts';
import type { DrawName } from '../methods/method.ts';
import { samplePrior } from '../priors/prior.ts';

export interface Batches {
  /** Draws for the steps `first … first + count − 1`, as inputs of a training step; valid until the next call. */
  draw(first: number): Arrays;
}

/** @param count training steps that one call draws for, @param draws what the method asks for beyond data and latents. */
export function makeBatches(
  spec: ResolvedSpec,
  dataset: Dataset,
  count: number,
  draws: ReadonlySet<DrawName>,
): Batches {
  const { seed, latent, critic, training } = spec;
  const withEpsilon = draws.has('epsilon');
  const sizes = { x: training.batch * dataset.dim, z: training.batch * latent.dim, epsilon: training.batch };
  const parts = Array.from({ length: critic.steps }, () => ({
    x: new Float32Array(count * sizes.x),
    z: new Float32Array(count * sizes.z),
    epsilon: new Float32Array(withEpsilon ? count * sizes.epsilon : 0),
  }));
  const inputs = Object.fromEntries(
    parts.flatMap(({ x, z, epsilon }, index) => [
      [`x${index}`, x],
      [`z${index}`, z],
      ...(withEpsilon ? [[`epsilon${index}`, epsilon]] : []),
    ]),
  );
  return {
    draw(first) {
      for (let offset = 0; offset < count; offset++) {
        const data = stream(seed, 'data', first + offset);
        const latents = stream(seed, 'latent', first + offset);
        const places = stream(seed, 'interpolation', first + offset);
        const at = (array: Float32Array, size: number) => array.subarray(offset * size, (offset + 1) * size);
        for (const { x, z, epsilon } of parts) {
          dataset.sample(data, training.batch, at(x, sizes.x));
          samplePrior(latent, latents, training.batch, at(z, sizes.z));
          if (withEpsilon) fillUniform(at(epsilon, sizes.epsilon), places.uniform);
        }
      }
      for (const { x } of parts) scaleBy(x, dataset.scale);
      return inputs;
    },
  };
}

function fillUniform(array: Float32Array, uniform: () => number): void {
  for (let index = 0; index < array.length; index++) array[index] = uniform();
}

/** In place; returns the array. */
export function scaleBy(array: Float32Array, factor: number): Float32Array {
  if (factor !== 1) for (let index = 0; index < array.length; index++) array[index] = (array[index] ?? 0) * factor;
  return array;
}
