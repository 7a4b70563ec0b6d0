/** Sections of a spec that several methods share: each method gives its own defaults. */
import { z } from 'zod';
import { nonNegative } from '../schema/fields.ts';
import { methodSection } from './method.ts';

/** A penalty on D's gradient along a line, weighted by λ; it looks at one random place of every line. */
export const gradientPenalty = (defaults: { readonly weight: number; readonly form: 'squared' | 'norm' }) =>
  methodSection({ weight: nonNegative, form: z.enum(['squared', 'norm']) }, defaults, ['epsilon']);

/** A loss on the distance between x and G(E(x)), for G and E. */
export const reconstructionLoss = (defaults: { readonly weight: number }) =>
  methodSection({ weight: nonNegative }, defaults);
