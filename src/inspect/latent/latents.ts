/** Draws latents to start from, and describes a prior: its bounds, its blocks, its range. */

import { type Points, pointAt } from '../../base/points.ts';
import type { Random } from '../../base/random.ts';
import { priorCard, samplePrior } from '../../priors/prior.ts';
import type { Prior, Range } from '../../priors/prior-kind.ts';

/**
 * `count` draws of the prior as ends of paths. For a split prior, pairs of draws have the same class, so that the legs lead
 * alternately within a class and between classes.
 */
export function drawEnds(prior: Prior, random: Random, count: number): Points {
  const ends = { values: samplePrior(prior, random, count), count, dim: prior.dim };
  if (priorCard(prior).blocks(prior) > 1) {
    for (let odd = 1; odd < count; odd += 2) {
      const before = blockOf(prior, pointAt(ends, odd - 1));
      moveBlock(prior, pointAt(ends, odd), before);
    }
  }
  return ends;
}

/** The dimensions of z that are not zero: all, or the block of one class of a split prior. */
export interface Block {
  readonly first: number;
  readonly size: number;
  /** Index of the class, where the prior has some. */
  readonly class?: number;
}

/** Of a split prior: the block with the largest share of z's length. */
export function blockOf(prior: Prior, z: Float32Array): Block {
  const blocks = priorCard(prior).blocks(prior);
  if (blocks === 1) return { first: 0, size: prior.dim };
  const size = prior.dim / blocks;
  let [best, most] = [0, -1];
  for (let index = 0; index < blocks; index++) {
    const square = z.subarray(index * size, (index + 1) * size).reduce((sum, value) => sum + value * value, 0);
    if (square > most) [best, most] = [index, square];
  }
  return { first: best * size, size, class: best };
}

function moveBlock(prior: Prior, z: Float32Array, to: Block): void {
  const from = blockOf(prior, z);
  const numbers = z.slice(from.first, from.first + from.size);
  z.fill(0);
  z.set(numbers, to.first);
}

/** What no draw of the prior leaves in any dimension; `undefined` where it leaves nothing out. */
export const boundsOf = (prior: Prior): Range | undefined => priorCard(prior).bounds(prior);

/** Where a dimension is centred and how far it is moved for a range of 1: to the bounds, or two standard deviations. */
export function reachOf(prior: Prior): { readonly centre: number; readonly half: number } {
  const { low, high } = priorCard(prior).bulk(prior);
  return { centre: (low + high) / 2, half: (high - low) / 2 };
}

/** `uniform on [−1, 1), 64-D`. */
export const priorText = (prior: Prior): string => priorCard(prior).text(prior);
