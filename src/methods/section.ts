/** Declares sections of a spec that only some methods have, and the random draws that a step of those methods needs. */
import { z } from 'zod';

/**
 * Random draws of a step beyond data and latents, for every example: `epsilon`, a number on [0, 1); `noise`, what an encoder
 * E(x, ε) looks at; `normal`, standard normal numbers as many as a latent has; `perturbation`, on [0, 1) in the shape of the data.
 */
export type DrawName = 'epsilon' | 'noise' | 'normal' | 'perturbation';

/** A section of a spec that only some methods have: its schema, a method's own defaults, the draws that it needs. */
export interface MethodSection<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema;
  readonly defaults: z.output<Schema>;
  readonly draws: readonly DrawName[];
  /** Trials were stored before methods had it: at its defaults it stays out of the canonical form of a spec. */
  readonly later?: true;
}

export function methodSection<Shape extends z.ZodRawShape>(
  shape: Shape,
  defaults: z.output<z.ZodObject<Shape>>,
  draws: readonly DrawName[] = [],
): MethodSection<z.ZodObject<Shape>> {
  // A strict object is one that refuses further keys; its type says so and differs in nothing else.
  return { schema: z.strictObject(shape) as unknown as z.ZodObject<Shape>, defaults, draws };
}
