/** Data set as trials see it: samples in data units, and its true modes where they are known. */
import type { Random } from '../base/random.ts';

export interface Dataset {
  /** Of one example: `[2]` for a point in the plane, `[height, width, channels]` for a picture in [−1, 1]. */
  readonly shape: readonly number[];
  /** Numbers in one example. */
  readonly dim: number;
  /** Networks take `x · scale`; metrics take data units. */
  readonly scale: number;
  /** `count` examples in data units, row-major `[count, dim]`, written to the start of `into` where one is given. */
  sample(random: Random, count: number, into?: Float32Array): Float32Array;
  /** One pass over a finite data set in random order: no example is repeated before all have been taken. */
  shuffled?(random: Random): { take(count: number): Float32Array };
  /** For a prepared set: its description with the first digits of its hash, whether it is simulated, and the hash (`setHash`). */
  readonly origin?: { readonly says: string; readonly simulated: boolean; readonly data: string };
  /** Labels of its examples, where they are known. */
  readonly labelled?: Labelled;
  /** The mixture that the data is drawn from, where it is one. */
  readonly modes?: Modes;
  /** The curve that the data lies along, where it is one (the swiss roll). */
  readonly curve?: Curve;
  /** Least and greatest coordinate in every dimension, data units, for data with neither modes nor a curve. */
  readonly box?: readonly Side[];
}

export interface Side {
  readonly low: number;
  readonly high: number;
}

/** Meaning of an example's labels: a byte for every head or attribute. */
export type Labels =
  /** One value for each head; an example's mode is the combination (a digit; three digits of a stack). */
  | { readonly kind: 'classes'; readonly heads: readonly (readonly string[])[] }
  /** Each attribute is present (1) or not (0). */
  | { readonly kind: 'attributes'; readonly names: readonly string[] };

/** Bytes of labels in an example. */
export const labelWidth = (labels: Labels): number =>
  labels.kind === 'classes' ? labels.heads.length : labels.names.length;

export interface Labelled {
  readonly labels: Labels;
  /**
   * Examples with their labels, both row-major: `examples` `[count, dim]` in data units, `labels` `[count, labelWidth]`.
   * `held-out` are examples that `sample` never gives, where the set has such a part.
   */
  draw(random: Random, count: number, part: 'train' | 'held-out'): { examples: Float32Array; labels: Uint8Array };
}

/** A mixture of Gaussians: isotropic ones of one σ, or each with a covariance of its own. */
export interface Modes {
  /** Row-major `[count, dim]`. */
  readonly centres: Float64Array;
  readonly count: number;
  readonly dim: number;
  /** Standard deviation of every mode in every dimension, data units; with `factors` the root of the mean variance. */
  readonly std: number;
  /**
   * Where modes differ in σ or have a covariance: the lower Cholesky factor L of each (Σ = L Lᵀ, a point is centre + L·n of
   * standard normal n), row-major `[count, dim, dim]`.
   */
  readonly factors?: Float64Array;
  /** Share of the mass of each mode; they add up to 1. */
  readonly weights: Float64Array;
}

/** A curve in data space with noise about it. */
export interface Curve {
  /** Points along the curve, row-major `[count, dim]`, dense against `std`; the data's density is uniform over their index. */
  readonly points: Float64Array;
  readonly count: number;
  readonly dim: number;
  readonly std: number;
}
