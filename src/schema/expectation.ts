/** The final value that an experiment expects of a metric, as its author writes it and as the store keeps it. */
import { z } from 'zod';

const bound = z.number().optional();
export const expectationBounds = ['atLeast', 'atMost', 'exactly'] as const;

export const expectationSchema = z.union([
  z.number(),
  z
    .strictObject({ atLeast: bound, atMost: bound, exactly: bound })
    .refine((bounds) => Object.values(bounds).filter((value) => value !== undefined).length === 1, {
      error: 'expected one of atLeast, atMost or exactly',
    }),
]);

/** A bare number means this value or better, as the metric counts; where neither way is better, this value exactly. */
export type Expectation =
  | number
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly exactly: number };

/** Expectations by method and metric. */
export type Expectations = Readonly<Record<string, Readonly<Record<string, Expectation>>>>;
