/** What a kind of latent prior is: the law of z, and what latent commands and figures ask of it. */
import type { z } from 'zod';
import type { Random } from '../base/random.ts';
import { count as whole } from '../schema/fields.ts';
import { type Card, type KindCard, makeKind, type Section, type Settings } from '../schema/kind.ts';

/** The section `latent` of a spec: a kind, its settings, and the numbers in one z. */
export interface Prior extends Section {
  readonly dim: number;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface PriorCard extends Card {
  /** Throws UsageError where values that are each valid do not go together. */
  check(prior: Prior): void;
  /** Fills `into` with `count` draws, row-major `[count, dim]`. */
  fill(prior: Prior, random: Random, count: number, into: Float32Array): void;
  /** P(Z ≤ z) in one dimension; NaN for NaN. */
  cdf(prior: Prior): (z: number) => number;
  /** What no draw leaves in any dimension; `undefined` where a draw may be anywhere. */
  bounds(prior: Prior): Range | undefined;
  /** Where nearly all of the mass of a dimension that was drawn lies. */
  bulk(prior: Prior): Range;
  /** `range` from the middle of the mass, for pictures of the latent space: E(x) may leave the prior. */
  around(prior: Prior, beyond: number): Range;
  /** Density in one dimension that was drawn. */
  density(prior: Prior, z: number): number;
  /** Blocks of dimensions, one a class, of which a draw fills one; 1 where a draw fills all. */
  blocks(prior: Prior): number;
  /** How to go from one draw to another without leaving where draws lie. */
  readonly path: 'linear' | 'spherical';
  /** In a few words. */
  text(prior: Prior): string;
}

type Typed<Shape extends z.ZodRawShape> = Settings<Shape> & { readonly dim: number };
type Hooks<Shape extends z.ZodRawShape> = {
  readonly [Name in Exclude<keyof PriorCard, keyof Card | 'path'>]: PriorCard[Name] extends (
    prior: Prior,
    ...rest: infer Rest
  ) => infer Result
    ? (prior: Typed<Shape>, ...rest: Rest) => Result
    : never;
} & Pick<PriorCard, 'path'>;

/** A kind of prior; `dim` is a setting of every one. */
export function priorKind<const Kind extends string, Shape extends z.ZodRawShape>(
  head: { readonly kind: Kind; readonly description: string; readonly settings: Shape },
  hooks: Hooks<Shape & { dim: typeof whole }>,
): KindCard<Kind, { dim: typeof whole } & Shape, PriorCard> {
  const { kind, description, settings } = head;
  // Hooks are called with sections that the schema of the same shape has checked.
  return makeKind({ kind, description, shape: { dim: whole, ...settings } }, hooks as never) as never;
}
