/**
 * Builds convolutional G, E and D of pictures (Radford, Metz & Chintala 2016, as the authors of *No Modes Left Behind* built
 * them): 4 × 4 kernels of stride 2, batch normalisation in G and E and none in D, tanh on what G and E give.
 */
import * as tf from '@tensorflow/tfjs-core';
import { dense, double, halve, type Layer, map, normalise, sequence } from './layers.ts';
import type { NetSizes, Nets } from './net.ts';
import { pairTower } from './pair-tower.ts';
import { flatten, leaky, squash, unflatten } from './picture-layers.ts';
import { sidesOf } from './sides.ts';

/** Channels double with every halving, up to this factor of the width. */
const mostDoubled = 8;

const relu = map((x) => tf.relu(x));

/**
 * @param shape `[size, size, channels]`.
 *
 * E ends in tanh, as the authors' does: their prior is uniform on (−1, 1), and so is this project's for pictures. D is a
 * tower of convolutions on x; what is left of it, flat, goes with z through one dense layer of the tower's width to a logit.
 */
export function dcganNets({ width }: { readonly width: number }, sizes: NetSizes): Nets {
  const { shape, latent, noise, packing } = sizes;
  const [size = 1, , colours = 1] = shape;
  const sides = sidesOf(size);
  const base = sides.at(-1) ?? 1;
  /** Channels from the picture down. */
  const channels = [colours, ...sides.slice(1).map((_, level) => width * Math.min(2 ** level, mostDoubled))];
  const deepest = channels.at(-1) ?? 1;
  const flat = base * base * deepest;
  /** From so many channels of a picture down. */
  const down = (seen: number, layer: (from: number, to: number) => Layer[]) =>
    channels.slice(1).flatMap((to, level) => layer(level === 0 ? seen : (channels[level] ?? 1), to));

  const generator = sequence([
    dense(latent, flat),
    unflatten(base, deepest),
    normalise(deepest),
    relu,
    ...channels
      .slice(1, -1)
      .reverse()
      .flatMap((to, level) => [double(channels.at(-1 - level) ?? 1, to, false), normalise(to), relu]),
    double(channels[1] ?? 1, colours, true),
    squash,
  ]);
  const encoder = sequence([
    ...down(colours + noise, (from, to) => [halve(from, to, false), normalise(to), leaky]),
    flatten,
    dense(flat, latent),
    squash,
  ]);
  const tower = sequence([...down(colours * packing, (from, to) => [halve(from, to, true), leaky]), flatten]);
  return { generator, encoder, discriminator: pairTower(tower, { flat, width: deepest }, sizes) };
}
