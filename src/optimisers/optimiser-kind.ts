/** What a kind of optimiser is: its settings, and the pure update that it makes. */
import type { z } from 'zod';
import { type Card, type KindCard, makeKind, type Section, type Settings } from '../schema/kind.ts';
import type { Optimiser } from './optimiser.ts';

export interface OptimiserCard extends Card {
  /** Loads the update, which needs tfjs. */
  load(): Promise<(optimiser: Section) => Optimiser>;
}

interface OptimiserHead<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly description: string;
  readonly source?: string;
  readonly settings: Shape;
  load(): Promise<(settings: Settings<Shape>) => Optimiser>;
}

export function optimiserKind<const Kind extends string, Shape extends z.ZodRawShape>(
  card: OptimiserHead<Kind, Shape>,
): KindCard<Kind, Shape, OptimiserCard> {
  const { kind, description, source, settings: shape, load } = card;
  // The update is made of sections that the schema of the same shape has checked.
  return makeKind(
    { kind, description, shape, ...(source !== undefined && { source }) },
    { load: load as unknown as OptimiserCard['load'] },
  );
}
