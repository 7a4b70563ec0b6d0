/** What a family of networks is: the generator, encoder and discriminator that an experiment trains, and for which data. */
import type { z } from 'zod';
import type { Size } from '../datasets/data-kind.ts';
import { type Card, type KindCard, makeKind, type Section, type Settings } from '../schema/kind.ts';
import type { NetSizes, Nets } from './net.ts';

/** Units or channels beyond this number are taken for a slip. */
export const mostUnits = 100_000;

/** A trial step of a device that resembles a family's training step. */
export type StepShape =
  | { readonly kind: 'dense'; readonly hidden: readonly number[] }
  | { readonly kind: 'convolutional'; readonly width: number };

export interface NetsCard extends Card {
  /** Data that these networks take. */
  readonly takes: 'points' | 'pictures';
  /**
   * Whether a step is so small that entering the runtime counts: several steps then make one program, and trials of several
   * seeds may train as one (vmap). Steps of convolutions fill a device alone.
   */
  readonly small: boolean;
  /** Whether its encoder looks at noise beside x where it is given some (`NetSizes.noise`). */
  readonly takesNoise: boolean;
  sizes(nets: Section): readonly Size[];
  stepShape(nets: Section): StepShape;
  /** Loads the family's functions, which need tfjs. */
  load(): Promise<(nets: Section, sizes: NetSizes) => Nets>;
}

interface NetsHead<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly description: string;
  readonly source?: string;
  readonly settings: Shape;
  readonly takes: NetsCard['takes'];
  readonly small: boolean;
  /** Default: no. */
  readonly takesNoise?: boolean;
  sizes(settings: Settings<Shape>): readonly Size[];
  stepShape(settings: Settings<Shape>): StepShape;
  load(): Promise<(settings: Settings<Shape>, sizes: NetSizes) => Nets>;
}

export function netsKind<const Kind extends string, Shape extends z.ZodRawShape>(
  card: NetsHead<Kind, Shape>,
): KindCard<Kind, Shape, NetsCard> {
  const { kind, description, source, settings: shape, ...rest } = card;
  // Its functions are called with sections that the schema of the same shape has checked.
  return makeKind({ kind, description, shape, ...(source !== undefined && { source }) }, {
    takesNoise: false,
    ...rest,
  } as never);
}
