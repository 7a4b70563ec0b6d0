/** Declares networks as pure functions of their parameters; the file of each family builds them. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { ParameterLayout } from './layout.ts';
import type { Statistics } from './statistics.ts';

/** What every network has. */
interface Parameters {
  readonly layout: ParameterLayout;
  /** Fresh parameters `[layout.size]`. */
  initialise(random: Random): Float32Array;
}

/** G and E. */
export interface Net extends Parameters {
  /** Means and variances of its batch normalisations, mean before variance, layer by layer; empty where it has none. */
  readonly statistics: ParameterLayout;
  /** `x` is `[batch, …]`, the result likewise. */
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor, statistics: Statistics): tf.Tensor;
}

/** What a discriminator looks at: an example, a latent, or a pair of both. */
export interface Pair {
  /** `[batch, …shape]`. */
  readonly x?: tf.Tensor;
  /** `[batch, latent]`. */
  readonly z?: tf.Tensor;
}

/** D: pairs to logits `[batch, 1]`. */
export interface PairNet extends Parameters {
  apply(parameters: readonly tf.Tensor[], pair: Pair): tf.Tensor;
}

export interface Nets {
  readonly generator: Net;
  readonly encoder: Net;
  readonly discriminator: PairNet;
}

/** What nets are made for. */
export interface NetSizes {
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Numbers in one latent. */
  readonly latent: number;
  /** Numbers of noise that E is given beside x: behind those of a vector, as channels that are constant over a picture. */
  readonly noise: number;
  /** What D is shown. */
  readonly sees: { readonly x: boolean; readonly z: boolean };
  /** Examples that D looks at side by side: vectors one after another, pictures along their channels. */
  readonly packing: number;
}

/** A parameter that D or another net must have been given. */
export function parameter(parameters: readonly tf.Tensor[], index: number): tf.Tensor {
  const tensor = parameters[index];
  if (tensor === undefined) throw new Error(`internal: a network has no parameter ${index}`);
  return tensor;
}
