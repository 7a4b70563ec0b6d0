/** Draws latents from a prior, and gives its cumulative distribution for metrics of how well E(x) follows it. */

import { outputBuffer } from '../base/output-buffer.ts';
import type { Random } from '../base/random.ts';
import type { Prior, PriorCard } from './prior-kind.ts';
import { priorKinds } from './prior-kinds.ts';

/** The card of a prior. */
export function priorCard({ kind }: Prior): PriorCard {
  const card = priorKinds.find((known) => known.kind === kind);
  if (card === undefined) throw new Error(`internal: there is no prior of kind ${kind}`);
  return card;
}

/**
 * `count` draws, row-major `[count, dim]`, written to the start of `into` where one is given.
 *
 * @throws UsageError where a uniform prior has no width.
 */
export function samplePrior(prior: Prior, random: Random, count: number, into?: Float32Array): Float32Array {
  const latents = outputBuffer(count * prior.dim, into);
  priorCard(prior).fill(prior, random, count, latents);
  return latents;
}

/** P(Z ≤ z) in one dimension (all are alike); NaN for NaN. */
export const priorCdf = (prior: Prior): ((z: number) => number) => priorCard(prior).cdf(prior);
