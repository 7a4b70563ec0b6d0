/**
 * Numbers that another language repeats exactly, so that its figures can stand in a test. The same in Python, on which the
 * snippets in these tests build (Python 3.11, NumPy 2.4, SciPy 1.17, scikit-learn 1.9, scikit-image 0.26, torchmetrics 1.9):
 *
 *     import numpy as np
 *     def lcg(s):
 *         while True:
 *             s = (1664525 * s + 1013904223) % 2**32
 *             yield s / 2**32
 *     def features(n, d, seed, shift=0.0, width=1.0):
 *         u, out = lcg(seed), np.empty((n, d))
 *         for i in range(n):
 *             p = 0.0
 *             for j in range(d):
 *                 p = next(u) + next(u) + next(u) - 1.5 + 0.5 * p
 *                 out[i, j] = width * p + shift
 *         return out.astype(np.float32).astype(np.float64)
 */

import type { Points } from '../../../src/base/points.ts';
import { type Random, randomFrom } from '../../../src/base/random.ts';

/** Uniform on [0, 1): a linear congruential generator of 32 bits. */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const repeatable = (seed: number): Random => randomFrom(lcg(seed));

/** Bell-shaped features, each correlated with the one before it. */
export function features(count: number, dim: number, seed: number, shift = 0, width = 1): Points {
  const next = lcg(seed);
  const values = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let d = 0; d < dim; d++) {
      value = next() + next() + next() - 1.5 + 0.5 * value;
      values[i * dim + d] = width * value + shift;
    }
  }
  return { values, count, dim };
}

/** The same points with one more dimension, the same in all of them. */
export function withConstant({ values, count, dim }: Points, constant: number): Points {
  const wider = new Float32Array(count * (dim + 1)).fill(constant);
  for (let i = 0; i < count; i++) wider.set(values.subarray(i * dim, (i + 1) * dim), i * (dim + 1));
  return { values: wider, count, dim: dim + 1 };
}

export function firstOf({ values, dim }: Points, count: number): Points {
  return { values: values.subarray(0, count * dim), count, dim };
}
