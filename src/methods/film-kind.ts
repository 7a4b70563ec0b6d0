/** Which picture a method's players and discriminator make: what films and landscapes draw, decided without training. */
import type { MethodCard } from './method.ts';

/**
 * `1d`: D over x. `2d`: D over (x0, x1). `1d-xz`: D over (x, z), for 1-D data, a 1-D latent and a discriminator of pairs.
 * `z`: D over latents, for methods without a generator. A discriminator of pairs is asked for D(x, E(x)) in `1d` and `2d`.
 */
export const filmKinds = ['1d', '2d', '1d-xz', 'z'] as const;
export type FilmKind = (typeof filmKinds)[number];

/** `undefined` where D has more dimensions than a picture. @param dim numbers in one example, @param latentDim in one z. */
export function filmKindOf(
  { networks }: Pick<MethodCard, 'networks'>,
  dim: number,
  latentDim: number,
): FilmKind | undefined {
  if (dim > 2) return undefined;
  if (!networks.includes('generator')) return latentDim > 2 ? undefined : 'z';
  if (dim === 2) return '2d';
  return networks.includes('encoder') && latentDim === 1 ? '1d-xz' : '1d';
}
