/** Multi-layer perceptrons: dense layers with one activation between them, linear at the end. */
import * as tf from '@tensorflow/tfjs';
import type { Random } from '../base/random.ts';
import { leakyRelu } from './activation.ts';
import { type InitialiserName, initialisers } from './initialise.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type NetSizes, type Nets, parameter } from './net.ts';

export interface MlpSettings {
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'leaky-relu';
  /** Of leaky-relu for negative inputs. */
  readonly slope: number;
  readonly initialiser: InitialiserName;
}

export interface Mlp {
  readonly layout: Layout;
  initialise(random: Random): Float32Array;
  /** `x` is `[batch, inputs]`, the result `[batch, outputs]`. */
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor): tf.Tensor;
}

/** @param inputs numbers in one example, @param outputs numbers in one result. */
export function mlp(inputs: number, outputs: number, spec: MlpSettings): Mlp {
  const widths = [inputs, ...spec.hidden, outputs];
  const layers = widths.slice(1).map((width, index) => ({ fanIn: widths[index] ?? 1, fanOut: width }));
  const layout = layoutOf(layers.flatMap(({ fanIn, fanOut }) => [[fanIn, fanOut], [fanOut]]));
  return {
    layout,
    initialise(random) {
      const draw = initialisers[spec.initialiser];
      return Float32Array.from(
        layers.flatMap(({ fanIn, fanOut }) => [
          ...Array.from({ length: fanIn * fanOut }, () => draw(random, fanIn, fanOut)),
          ...Array<number>(fanOut).fill(0),
        ]),
      );
    },
    apply(parameters, x) {
      return layers.reduce((hidden, _, index) => {
        const sums = tf.add(tf.matMul(hidden, parameter(parameters, 2 * index)), parameter(parameters, 2 * index + 1));
        return index === layers.length - 1 ? sums : activate(sums, spec);
      }, x);
    },
  };
}

/** G, E and D of vectors: D sees x and z side by side. */
export function mlpNets(spec: MlpSettings, { shape, latent, sees, packing }: NetSizes): Nets {
  const [dim = 1, ...more] = shape;
  if (more.length > 0) throw new Error(`internal: perceptrons are for vectors, the data is [${shape}]`);
  const net = (inputs: number, outputs: number) => ({ ...mlp(inputs, outputs, spec), statistics: layoutOf([]) });
  const judge = mlp(packing * ((sees.x ? dim : 0) + (sees.z ? latent : 0)), 1, spec);
  return {
    generator: net(latent, dim),
    encoder: net(dim, latent),
    discriminator: {
      ...judge,
      apply: (parameters, { x, z }) => judge.apply(parameters, x && z ? tf.concat([x, z], 1) : ((x ?? z) as tf.Tensor)), // a pair has at least one side
    },
  };
}

function activate(x: tf.Tensor, { activation, slope }: MlpSettings): tf.Tensor {
  switch (activation) {
    case 'relu':
      return tf.relu(x);
    case 'leaky-relu':
      return leakyRelu(x, slope);
    default:
      return activation satisfies never;
  }
}
