/** Draws latents to start from, and describes a prior: its bounds, its blocks, its range. */

import { type Points, pointAt } from '../../base/points.ts';
import type { Random } from '../../base/random.ts';
import { samplePrior } from '../../priors/prior.ts';
import type { LatentSpec } from '../../schema/spec.ts';

/**
 * `count` draws of the prior to go between. Of a split prior two in a row have the same class: the legs then lead within a
 * class and between classes in turns.
 */
export function drawEnds(prior: LatentSpec, random: Random, count: number): Points {
  const ends = { values: samplePrior(prior, random, count), count, dim: prior.dim };
  if (prior.kind === 'split') {
    for (let odd = 1; odd < count; odd += 2) {
      const before = blockOf(prior, pointAt(ends, odd - 1));
      moveBlock(prior, pointAt(ends, odd), before);
    }
  }
  return ends;
}

/** The dimensions of z that its prior filled: all, or those of one class. */
export interface Block {
  readonly first: number;
  readonly size: number;
  /** Index of the class, where the prior has some. */
  readonly class?: number;
}

/** Of a split prior: the block with the largest share of z's length. */
export function blockOf(prior: LatentSpec, z: Float32Array): Block {
  if (prior.kind !== 'split') return { first: 0, size: prior.dim };
  const size = prior.dim / prior.classes;
  let [best, most] = [0, -1];
  for (let index = 0; index < prior.classes; index++) {
    const square = z.subarray(index * size, (index + 1) * size).reduce((sum, value) => sum + value * value, 0);
    if (square > most) [best, most] = [index, square];
  }
  return { first: best * size, size, class: best };
}

function moveBlock(prior: LatentSpec, z: Float32Array, to: Block): void {
  const from = blockOf(prior, z);
  const numbers = z.slice(from.first, from.first + from.size);
  z.fill(0);
  z.set(numbers, to.first);
}

/** What no draw of the prior leaves in any dimension; a normal one leaves nothing out. */
export function boundsOf(prior: LatentSpec): { readonly low: number; readonly high: number } | undefined {
  switch (prior.kind) {
    case 'normal':
      return undefined;
    case 'uniform':
      return { low: prior.low, high: prior.high };
    case 'split': // the other blocks hold 0
      return { low: Math.min(0, prior.low), high: Math.max(0, prior.high) };
    default:
      return prior satisfies never;
  }
}

/** Where a dimension is centred and how far it is moved for a range of 1: to the bounds, or two standard deviations. */
export function reachOf(prior: LatentSpec): { readonly centre: number; readonly half: number } {
  return prior.kind === 'normal'
    ? { centre: 0, half: 2 * prior.std }
    : { centre: (prior.low + prior.high) / 2, half: (prior.high - prior.low) / 2 };
}

/** `uniform on [−1, 1), 64-D`. */
export function priorText(prior: LatentSpec): string {
  switch (prior.kind) {
    case 'normal':
      return `normal, σ ${prior.std}, ${prior.dim}-D`;
    case 'uniform':
      return `uniform on [${prior.low}, ${prior.high}), ${prior.dim}-D`;
    case 'split':
      return `a block of ${prior.dim / prior.classes} numbers for each of ${prior.classes} classes, one filled`;
    default:
      return prior satisfies never;
  }
}
