/**
 * How often a convolution goes over its rows: once, or, where an inner index touches more than a cache holds, once for every
 * part of it. Sums wait in memory between passes, so that each remains one chain.
 */
import type { Convolution } from '../plan/program.ts';
import { reach } from '../plan/walk.ts';

export interface Passes {
  readonly count: number;
  /** Sizes of the inner index's axes in one pass. */
  readonly inner: readonly number[];
}

/** Numbers of both factors that a pass may touch, and the least products that a sum should be loaded and stored for. */
const cached = 2 ** 16;
const productsAtLeast = 128;

export function passesOf({ inner, a, b, columns }: Convolution): Passes {
  const [first = 0, ...rest] = inner;
  const products = rest.reduce((count, size) => count * size, 1);
  const touched = (part: number) =>
    [a, b].reduce((sum, factor) => {
      const [lowest, highest] = reach([part, ...rest].map((size, at) => ({ size, step: factor.inner[at] ?? 0 })));
      return sum + highest - lowest;
    }, columns);
  if (inner.includes(0) || touched(first) <= cached) return { count: 1, inner };
  const parts = Array.from({ length: first }, (_, at) => at + 1).filter((part) => first % part === 0);
  const enough = parts.filter((part) => part * products >= productsAtLeast);
  const part = enough.findLast((size) => touched(size) <= cached) ?? enough[0] ?? first;
  return { count: first / part, inner: [part, ...rest] };
}
