/** Draws latents from a prior, and gives its cumulative distribution for metrics of how well E(x) follows it. */

import { outputBuffer } from '../base/output-buffer.ts';
import type { Random } from '../base/random.ts';
import { UsageError } from '../base/usage-error.ts';
import type { LatentSpec } from '../schema/spec.ts';
import { normalCdf } from './normal-cdf.ts';

/**
 * `count` draws, row-major `[count, dim]`, written to the start of `into` where one is given. Dimensions are alike, and
 * independent but for `split`.
 *
 * @throws UsageError where a uniform prior has no width.
 */
export function samplePrior(spec: LatentSpec, random: Random, count: number, into?: Float32Array): Float32Array {
  const length = count * spec.dim;
  const latents = outputBuffer(length, into);
  switch (spec.kind) {
    case 'uniform': {
      const width = uniformWidth(spec);
      for (let i = 0; i < length; i++) latents[i] = spec.low + width * random.uniform();
      return latents;
    }
    case 'normal':
      for (let i = 0; i < length; i++) latents[i] = spec.std * random.normal();
      return latents;
    case 'split': {
      const width = uniformWidth(spec);
      const block = spec.dim / spec.classes;
      latents.fill(0, 0, length);
      for (let example = 0; example < count; example++) {
        const start = example * spec.dim + random.below(spec.classes) * block;
        for (let i = start; i < start + block; i++) latents[i] = spec.low + width * random.uniform();
      }
      return latents;
    }
    default:
      return spec satisfies never;
  }
}

/** P(Z ≤ z) in one dimension; NaN for NaN. */
export function priorCdf(spec: LatentSpec): (z: number) => number {
  switch (spec.kind) {
    case 'uniform': {
      const width = uniformWidth(spec);
      return (z) => Math.min(1, Math.max(0, (z - spec.low) / width));
    }
    case 'normal':
      return (z) => normalCdf(z / spec.std);
    case 'split': {
      // a number is 0 unless its class was drawn
      const width = uniformWidth(spec);
      const drawn = 1 / spec.classes;
      return (z) => (z >= 0 ? 1 - drawn : 0) + drawn * Math.min(1, Math.max(0, (z - spec.low) / width));
    }
    default:
      return spec satisfies never;
  }
}

function uniformWidth({ low, high }: { low: number; high: number }): number {
  if (!(high > low)) throw new UsageError(`latent.high: expected more than latent.low (${low}), got ${high}`);
  return high - low;
}
