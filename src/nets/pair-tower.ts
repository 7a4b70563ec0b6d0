/** Joins a tower of layers over pictures with a head of dense layers over (x, z): D of every family of nets for pictures. */
import * as tf from '@tensorflow/tfjs-core';
import { joinArrays } from '../base/points.ts';
import { dense, sequence } from './layers.ts';
import { joinLayouts } from './layout.ts';
import type { Net, NetSizes, PairNet } from './net.ts';
import { leaky } from './picture-layers.ts';
import { batchStatistics } from './statistics.ts';

/**
 * What is left of x after the tower, `flat` numbers, goes with z through one dense layer of `width` units to a logit. A side
 * that D does not see has no part.
 */
export function pairTower(
  tower: Net,
  { flat, width }: { readonly flat: number; readonly width: number },
  { sees, packing, latent }: Pick<NetSizes, 'sees' | 'packing' | 'latent'>,
): PairNet {
  const head = sequence([dense((sees.x ? flat : 0) + (sees.z ? packing * latent : 0), width), leaky, dense(width, 1)]);
  const parts = sees.x ? [tower, head] : [head];
  const split = sees.x ? tower.layout.shapes.length : 0;
  return {
    layout: joinLayouts(parts.map(({ layout }) => layout)),
    initialise: (random) => joinArrays(parts.map((part) => part.initialise(random))),
    apply(parameters, { x, z }) {
      const none = batchStatistics(); // no layer of D asks
      const sides = [...(x ? [tower.apply(parameters.slice(0, split), x, none)] : []), ...(z ? [z] : [])];
      const features = sides.length === 1 ? (sides[0] as tf.Tensor) : tf.concat(sides, 1); // a pair has at least one side
      return head.apply(parameters.slice(split), features, none);
    },
  };
}
