/**
 * Builds small residual G, E and D of pictures without any normalisation, in the spirit of R3GAN (Huang et al. 2024): blocks
 * of two 3 × 3 convolutions about leaky ReLUs that begin as the identity, between strided resamplings.
 */
import { dense, double, halve, type Layer, residual, sequence } from './layers.ts';
import type { NetSizes, Nets } from './net.ts';
import { pairTower } from './pair-tower.ts';
import { flatten, leaky, slope, squash, unflatten } from './picture-layers.ts';
import { sidesOf } from './sides.ts';

/** Channels double with every halving, up to this factor of the width. */
const mostDoubled = 4;

/**
 * @param shape `[size, size, channels]`.
 *
 * A block stands at every side but the picture's own. E ends in tanh, as that of `dcgan`. Weights of a block's first
 * convolution are divided by the root of the number of blocks, those of its second one start at 0 (Zhang et al. 2019, Fixup).
 */
export function resnetNets({ width }: { readonly width: number }, sizes: NetSizes): Nets {
  const { shape, latent, noise, packing } = sizes;
  const [size = 1, , colours = 1] = shape;
  const sides = sidesOf(size);
  const base = sides.at(-1) ?? 1;
  /** Channels below the picture, down. */
  const channels = sides.slice(1).map((_, level) => width * Math.min(2 ** level, mostDoubled));
  const [widest = 1, deepest = 1] = [channels[0], channels.at(-1)];
  const flat = base * base * deepest;
  const block = (of: number) => residual(of, slope, channels.length);
  const down = (seen: number): Layer[] => [
    ...channels.flatMap((to, level) => [halve(channels[level - 1] ?? seen, to, true), block(to)]),
    leaky,
    flatten,
  ];
  const up = channels.toReversed();
  const generator = sequence([
    dense(latent, flat),
    unflatten(base, deepest),
    block(deepest),
    ...up.slice(1).flatMap((to, at) => [double(up[at] ?? 1, to, true), block(to)]),
    leaky,
    double(widest, colours, true),
    squash,
  ]);
  return {
    generator,
    encoder: sequence([...down(colours + noise), dense(flat, latent), squash]),
    discriminator: pairTower(sequence(down(colours * packing)), { flat, width: deepest }, sizes),
  };
}
