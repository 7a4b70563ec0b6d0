/** What a method is: who plays, what the discriminator is shown, and the two losses. Pure functions over tensors. */
import type * as tf from '@tensorflow/tfjs';
import type { Pair } from '../nets/net.ts';
import type { MethodName, ResolvedSpec } from '../schema/spec.ts';

export type Player = 'generator' | 'encoder';

/** Networks bound to their parameters; examples are rows, in the units that networks see. */
export interface Players {
  /** G: `[batch, latent] → [batch, …data]`. */
  generator(z: tf.Tensor): tf.Tensor;
  /** E: `[batch, …data] → [batch, latent]`. */
  encoder(x: tf.Tensor): tf.Tensor;
}

/** D: a pair to its logit, `[batch, 1]`. */
export type Discriminator = (pair: Pair) => tf.Tensor;

/** One step's random draws. */
export interface Batch {
  /** Data, `[batch, …data]`. */
  readonly x: tf.Tensor;
  /** Draws of the latent prior, `[batch, latent]`. */
  readonly z: tf.Tensor;
  /** Uniform on [0, 1), `[batch, 1]`: where on a line a gradient penalty looks. */
  readonly epsilon: tf.Tensor;
}

/** What the players show the discriminator on a batch. */
export interface Exhibits {
  /** Pairs that D shall rate high: (x, E(x)). */
  readonly real: Pair;
  /** Pairs that D shall rate low: (G(z), z). */
  readonly fake: Pair;
  /** G(E(x)), for the methods that use it. */
  readonly reconstructed?: tf.Tensor;
}

/** A classifier that was trained before, and what it found in the data: for methods that are guided by it. */
export interface Guide {
  /** Features `[batch, features]` and logits `[batch, classes]` of examples; constants but for `x`. */
  classify(x: tf.Tensor): { readonly features: tf.Tensor; readonly logits: tf.Tensor };
  /** Standard deviation of the features of the data within each class, averaged over features: one a class. */
  readonly variety: readonly number[];
}

/** What losses depend on besides the networks and the batch. */
export type LossSettings = Pick<ResolvedSpec, 'loss' | 'penalty' | 'reconstruction' | 'guidance'> & {
  readonly guide?: Guide;
};

export interface Method {
  readonly name: MethodName;
  readonly players: readonly Player[];
  exhibit(players: Players, batch: Batch): Exhibits;
  /** What a step of D minimises. The exhibits are constants to it. */
  discriminatorLoss(discriminator: Discriminator, exhibits: Exhibits, batch: Batch, settings: LossSettings): tf.Scalar;
  /** What the joint step of G and E minimises, through their exhibits. */
  playersLoss(discriminator: Discriminator, exhibits: Exhibits, batch: Batch, settings: LossSettings): tf.Scalar;
}

export const defineMethod = (method: Method): Method => method;

/** D’s logits on both kinds of pairs. Both in one batch were measured within 6 % either way: the plain form stays. */
export function rate(discriminator: Discriminator, { real, fake }: Exhibits): { real: tf.Tensor; fake: tf.Tensor } {
  return { real: discriminator(real), fake: discriminator(fake) };
}
