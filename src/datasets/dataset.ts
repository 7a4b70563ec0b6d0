/** What every data set offers a trial: samples in data units, and the truth about its modes where it is known. */
import type { Random } from '../random/stream.ts';

export interface Dataset {
  /** Dimensions of one example; `[2]` for a point in the plane. */
  readonly dim: number;
  /** Networks see `x · scale`; measures see data units. */
  readonly scale: number;
  /** `count` examples in data units, row-major `[count, dim]`, written to the start of `into` where one is given. */
  sample(random: Random, count: number, into?: Float32Array): Float32Array;
  /** The mixture that the data is drawn from, where it is one. */
  readonly modes?: Modes;
  /** The curve that the data lies along, where it is one (the swiss roll). */
  readonly curve?: Curve;
}

/** A mixture of isotropic Gaussians. */
export interface Modes {
  /** Row-major `[count, dim]`. */
  readonly centres: Float64Array;
  readonly count: number;
  readonly dim: number;
  /** Standard deviation of every mode in every dimension, data units. */
  readonly std: number;
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
