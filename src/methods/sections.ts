/** Sections of a spec that several methods share: each method gives its own defaults. */
import { z } from 'zod';
import { UsageError } from '../base/usage-error.ts';
import { nonNegative } from '../schema/fields.ts';
import { type DrawName, methodSection } from './section.ts';

/**
 * E(x, ε): numbers of uniform noise on (−1, 1) that the encoder looks at beside x, of every method that has one; 0, the
 * default, is E(x). With noise a BiGAN is what its twin ALI is by definition (Dumoulin et al. 2017): E gives a distribution.
 */
export const encoderSection = {
  ...methodSection({ noise: z.int().nonnegative() }, { noise: 0 }),
  later: true,
} as const;

/** A penalty on D's gradient along a line, weighted by λ; it looks at one random place of every line. */
export const gradientPenalty = (
  defaults: { readonly weight: number; readonly form: 'squared' | 'norm' },
  draws: readonly DrawName[] = ['epsilon'],
) => methodSection({ weight: nonNegative, form: z.enum(['squared', 'norm']) }, defaults, draws);

/** The check of a method whose penalty has the squared form alone. */
export const squaredAlone =
  (name: string, { penalty }: { readonly penalty: ReturnType<typeof gradientPenalty> }) =>
  (spec: { readonly [section: string]: unknown }): void => {
    if (penalty.schema.parse(spec.penalty).form === 'squared') return;
    throw new UsageError(
      `penalty.form: ${name}'s penalty is squared, 'norm' is a form of bigan-pgp's (leave ${name} out with --methods)`,
    );
  };

/** γ of zero-centred penalties on D's gradient, γ/2 · mean ‖∇D‖². */
export const zeroCentredPenalty = (defaults: { readonly weight: number }) =>
  methodSection({ weight: nonNegative }, defaults);

/** A loss on the distance between x and G(E(x)), for G and E. */
export const reconstructionLoss = (defaults: { readonly weight: number }, draws: readonly DrawName[] = []) =>
  methodSection({ weight: nonNegative }, defaults, draws);
