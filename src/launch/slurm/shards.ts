/**
 * Divides a plan among tasks: every n-th trial, by the plan's order alone, so that shards stay the same whatever is finished.
 */

import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** `3/20`: the third of twenty. Throws UsageError. */
export function parseShard(text: string): Shard {
  const [, index = Number.NaN, count = Number.NaN] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index >= 1 && index <= count) return { index, count };
  throw new UsageError(`--shard: expected a share such as 3/20 (the third of twenty), got '${text}'`);
}

/** The trials of a shard; disjoint over the shards of one count, and all trials together. Throws UsageError for a shard without any. */
export function shardOf<Trial>(trials: readonly Trial[], { index, count }: Shard): Trial[] {
  if (count > trials.length) {
    throw new UsageError(`--shard: expected at most as many shards as planned trials (${trials.length}), got ${count}`);
  }
  return trials.filter((_, at) => at % count === index - 1);
}

/** Default number of tasks at most: each starts Node and compiles its steps, and schedulers ration the tasks of a user. */
const usualMost = 200;

/** The number of shards that `--shards` asks for; a trial each, up to 200, where it does not. Throws UsageError. */
export function shardCount(asked: string | undefined, trials: number): number {
  const expected = `a whole number from 1 to the number of planned trials (${trials})`;
  return wholeNumber('shards', asked, Math.min(trials, usualMost), [1, trials], expected);
}

/** The shards, by their indices, that have something to do; `isOpen` says it of the plan's trials in order. */
export function openShards(isOpen: readonly boolean[], count: number): number[] {
  const indices = isOpen.flatMap((open, at) => (open ? [(at % count) + 1] : []));
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** Ascending whole numbers as Slurm writes an array: `1-4,7,9-10`. */
export function arrayText(indices: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const index of indices) {
    const run = runs.at(-1);
    if (run?.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
