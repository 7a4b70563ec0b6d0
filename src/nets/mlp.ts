/** Builds multi-layer perceptrons: dense layers with one activation between them, linear at the end. */
import * as tf from '@tensorflow/tfjs-core';
import { leakyRelu } from './activation.ts';
import type { InitialiserName } from './initialise.ts';
import { dense, type Layer, map, sequence } from './layers.ts';
import type { Net, NetSizes, Nets } from './net.ts';
import { batchStatistics } from './statistics.ts';

export interface MlpSettings {
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'leaky-relu';
  /** Of leaky-relu for negative inputs. */
  readonly slope: number;
  readonly initialiser: InitialiserName;
}

/** @param inputs numbers in one example, @param outputs numbers in one result. */
export function mlp(inputs: number, outputs: number, { hidden, initialiser, ...activation }: MlpSettings): Net {
  const widths = [inputs, ...hidden, outputs];
  const layers = widths.slice(1).map((width, index) => dense(widths[index] ?? 1, width, initialiser));
  return sequence(layers.flatMap((layer, index) => (index === 0 ? [layer] : [activate(activation), layer])));
}

/** G, E and D of vectors: D sees x and z side by side. */
export function mlpNets(spec: MlpSettings, { shape, latent, noise, sees, packing }: NetSizes): Nets {
  const [dim = 1, ...more] = shape;
  if (more.length > 0) throw new Error(`internal: perceptrons are for vectors, the data is [${shape}]`);
  const { layout, initialise, apply } = mlp(packing * ((sees.x ? dim : 0) + (sees.z ? latent : 0)), 1, spec);
  return {
    generator: mlp(latent, dim, spec),
    encoder: mlp(dim + noise, latent, spec),
    discriminator: {
      layout,
      initialise,
      apply(parameters, { x, z }) {
        const seen = x && z ? tf.concat([x, z], 1) : ((x ?? z) as tf.Tensor); // a pair has at least one side
        return apply(parameters, seen, batchStatistics()); // no layer asks
      },
    },
  };
}

function activate({ activation, slope }: Pick<MlpSettings, 'activation' | 'slope'>): Layer {
  switch (activation) {
    case 'relu':
      return map((x) => tf.relu(x));
    case 'leaky-relu':
      return map((x) => leakyRelu(x, slope));
    default:
      return activation satisfies never;
  }
}
