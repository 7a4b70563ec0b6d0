/** Multi-layer perceptrons: dense layers with one activation between them, linear at the end. */
import * as tf from '@tensorflow/tfjs';
import type { Random } from '../random/stream.ts';
import type { NetsSpec } from '../spec/spec.ts';
import { type Layout, layoutOf } from './layout.ts';

/** A network as a pure function of its parameters. */
export interface Net {
  readonly layout: Layout;
  /** Fresh parameters `[layout.size]`. */
  initialise(random: Random): Float32Array;
  /** `x` is `[batch, inputs]`, the result `[batch, outputs]`. */
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor): tf.Tensor;
}

/** @param inputs numbers in one example, @param outputs numbers in one result. */
export function mlp(inputs: number, outputs: number, spec: NetsSpec): Net {
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
        const [weights, bias] = [parameters[2 * index], parameters[2 * index + 1]];
        if (!weights || !bias) throw new Error(`internal: layer ${index} has no parameters`);
        const sums = tf.add(tf.matMul(hidden, weights), bias);
        return index === layers.length - 1 ? sums : activate(sums, spec);
      }, x);
    },
  };
}

const initialisers: Record<NetsSpec['initialiser'], (random: Random, fanIn: number, fanOut: number) => number> = {
  /** Glorot & Bengio 2010: U(−a, a), a = √(6 / (fan in + fan out)). */
  'xavier-uniform': (random, fanIn, fanOut) => (2 * random.uniform() - 1) * Math.sqrt(6 / (fanIn + fanOut)),
  /** He et al. 2015: N(0, 2 / fan in). */
  'he-normal': (random, fanIn) => random.normal() * Math.sqrt(2 / fanIn),
};

function activate(x: tf.Tensor, { activation, slope }: NetsSpec): tf.Tensor {
  switch (activation) {
    case 'relu':
      return tf.relu(x);
    case 'leaky-relu':
      return leakyRelu(x, slope);
    default:
      return activation satisfies never;
  }
}

/** x·step(x, α): unlike tfjs's own leaky ReLU it is right to second order, which the gradient penalties need. */
export const leakyRelu = (x: tf.Tensor, slope: number): tf.Tensor => tf.mul(x, tf.step(x, slope));
