/**
 * Draws the batches of training steps. A step's draws are a pure function of seed and step, not of method: all methods of a
 * seed see the same data and latents, and a trial that resumes draws what it would have drawn.
 */

import { type Random, stream } from '../base/random.ts';
import { encoderNoise, type ResolvedSpec } from '../catalogue/spec.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { Arrays } from '../engine/engine.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import type { DrawName } from '../methods/section.ts';
import { samplePrior } from '../priors/prior.ts';
import { drawsIn } from './draws.ts';

export interface Batches {
  /** Draws for the steps `first … first + count − 1`, as inputs of a training step; valid until the next call. */
  draw(first: number): Arrays;
}

/** @param count training steps that one call draws for, @param asked what the method asks for beyond data and latents. */
export function makeBatches(
  spec: ResolvedSpec,
  dataset: Dataset,
  count: number,
  asked: ReadonlySet<DrawName>,
): Batches {
  const { seed, latent, critic, training } = spec;
  const { batch } = training;
  const sizes = { shape: dataset.shape, latent: latent.dim, noise: encoderNoise(spec) };
  const draws = drawsIn(asked, sizes).map((draw) => ({ ...draw, size: batch * sizeOf(draw.shape) }));
  const [dataSize, latentSize] = [batch * dataset.dim, batch * latent.dim];
  const parts = Array.from({ length: critic.steps }, () => ({
    x: new Float32Array(count * dataSize),
    z: new Float32Array(count * latentSize),
    drawn: draws.map(({ size }) => new Float32Array(count * size)),
  }));
  const inputs = Object.fromEntries(
    parts.flatMap(({ x, z, drawn }, index) => [
      [`x${index}`, x],
      [`z${index}`, z],
      ...draws.map(({ name }, at) => [`${name}${index}`, drawn[at]]),
    ]),
  );
  return {
    draw(first) {
      for (let offset = 0; offset < count; offset++) {
        const data = stream(seed, 'data', first + offset);
        const latents = stream(seed, 'latent', first + offset);
        const streams = draws.map(({ purpose }) => stream(seed, purpose, first + offset));
        const at = (array: Float32Array, size: number) => array.subarray(offset * size, (offset + 1) * size);
        for (const { x, z, drawn } of parts) {
          dataset.sample(data, batch, at(x, dataSize));
          samplePrior(latent, latents, batch, at(z, latentSize));
          draws.forEach(({ size, draw }, index) => {
            fill(at(drawn[index] as Float32Array, size), streams[index] as Random, draw); // one a draw
          });
        }
      }
      for (const { x } of parts) scaleBy(x, dataset.scale);
      return inputs;
    },
  };
}

function fill(array: Float32Array, random: Random, draw: (random: Random) => number): void {
  for (let index = 0; index < array.length; index++) array[index] = draw(random);
}

/** In place; returns the array. */
export function scaleBy(array: Float32Array, factor: number): Float32Array {
  if (factor !== 1) for (let index = 0; index < array.length; index++) array[index] = (array[index] ?? 0) * factor;
  return array;
}
