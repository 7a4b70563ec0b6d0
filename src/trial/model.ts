/** Holds the networks of a trial and the layout of their parameters: one vector for D, one for the networks that train together. */
import * as tf from '@tensorflow/tfjs-core';
import { joinArrays } from '../base/points.ts';
import { type Random, stream } from '../base/random.ts';
import type { Discriminator, MethodCard, NetworkName, Networks } from '../methods/method.ts';
import { joinLayouts, type ParameterLayout, partsOf, unflatten } from '../nets/layout.ts';
import type { NetSizes, Nets, Pair } from '../nets/net.ts';
import { batchStatistics, runningStatistics, type Statistics } from '../nets/statistics.ts';

export interface Model {
  readonly nets: Nets;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Those that the method trains, in the order of their parameters. */
  readonly networks: readonly NetworkName[];
  /** Their parameters, one network after another. */
  readonly layout: ParameterLayout;
  /** Running statistics of the players' batch normalisations; of size 0 where they have none. */
  readonly statisticsLayout: ParameterLayout;
  /** Numbers in the players' parameters with their running statistics behind them: what they need in evaluation. */
  readonly evaluationSize: number;
  /** Numbers of ε in E(x, ε), which is then bound as `noise`, `[batch, noise]`; 0 for E(x). */
  readonly noise: number;
  /**
   * For training: normalisations take the batch's statistics. Those of each player's first call on real data or on draws of
   * the prior are left in `record`.
   */
  bindTraining(parameters: tf.Tensor, noise?: tf.Tensor, record?: Map<NetworkName, tf.Tensor[]>): Networks;
  /** The statistics that a training pass recorded, `[statisticsLayout.size]`. */
  statisticsIn(record: ReadonlyMap<NetworkName, readonly tf.Tensor[]>): tf.Tensor;
  /** For everything else: `[evaluationSize]`, parameters and running statistics. */
  bindEvaluation(parameters: tf.Tensor, noise?: tf.Tensor): Networks;
  bindDiscriminator(parameters: tf.Tensor): Discriminator;
  /** D as pictures and exported files show it: of a packing method it sees every example `packing` times, a logit a row. */
  bindCopies(parameters: tf.Tensor): Discriminator;
  /** Examples that D looks at side by side; 1 for most methods. */
  readonly packing: number;
  /** First values. A net's are the same for every method of a seed. */
  initialise(seed: number): Record<'discriminator' | 'players' | 'statistics', Float32Array>;
  /** The part of the players' vector that is one player's; undefined where the method does not train it. */
  part(player: NetworkName, parameters: Float32Array): Float32Array | undefined;
}

export interface ModelParts {
  readonly method: Pick<MethodCard, 'name' | 'networks'>;
  /** The family of networks, at the settings of a spec. */
  readonly makeNets: (sizes: NetSizes) => Nets;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Numbers in one z. */
  readonly latent: number;
  /** Numbers of noise that E looks at beside x. */
  readonly noise: number;
  /** Examples that D looks at side by side. */
  readonly packing: number;
  /** What D computes with in place of its tensors. */
  readonly weights?: (tensors: readonly tf.Tensor[]) => readonly tf.Tensor[];
}

export function makeModel(parts: ModelParts): Model {
  const { method, makeNets, shape, latent, noise, packing, weights = (tensors) => tensors } = parts;
  const has = (network: NetworkName) => method.networks.includes(network);
  const sees = { x: has('generator'), z: has('encoder') };
  const nets = makeNets({ shape, latent, noise, sees, packing });
  const layouts = method.networks.map((player) => nets[player].layout);
  const statistics = method.networks.map((player) => nets[player].statistics);
  const layout = joinLayouts(layouts);
  const statisticsLayout = joinLayouts(statistics);

  /** Players whose normalisations take their statistics anew at every pass. */
  function bind(
    parameters: tf.Tensor,
    epsilon: tf.Tensor | undefined,
    statisticsOf: (player: NetworkName, index: number) => Statistics,
  ): Networks {
    const parts = partsOf(unflatten(parameters, layout), layouts);
    const bound = (player: NetworkName) => (x: tf.Tensor) => {
      const index = method.networks.indexOf(player);
      const part = parts[index];
      if (part === undefined) throw new Error(`internal: ${method.name} has no ${player}`);
      return nets[player].apply(part, x, statisticsOf(player, index));
    };
    const encode = bound('encoder');
    return { generator: bound('generator'), encoder: (x) => encode(noise > 0 ? beside(x, epsilon) : x) };
  }

  return {
    nets,
    shape,
    networks: method.networks,
    noise,
    packing,
    layout,
    statisticsLayout,
    evaluationSize: layout.size + statisticsLayout.size,
    bindTraining: (parameters, epsilon, record) =>
      bind(parameters, epsilon, (player) => {
        if (record === undefined || record.has(player)) return batchStatistics();
        const recorded: tf.Tensor[] = [];
        record.set(player, recorded);
        return batchStatistics(recorded);
      }),
    statisticsIn: (record) => tf.concat(method.networks.flatMap((player) => [...(record.get(player) ?? [])])),
    bindEvaluation(joined, epsilon) {
      if (statisticsLayout.size === 0) return bind(joined, epsilon, () => batchStatistics());
      const [parameters, running] = tf.split(joined, [layout.size, statisticsLayout.size]);
      if (!parameters || !running) throw new Error('internal: players lack their running statistics');
      const parts = partsOf(unflatten(running, statisticsLayout), statistics);
      return bind(parameters, epsilon, (_, index) => runningStatistics(parts[index] ?? []));
    },
    bindDiscriminator(parameters) {
      const tensors = weights(unflatten(parameters, nets.discriminator.layout));
      return (pair) => nets.discriminator.apply(tensors, packed(pair, packing));
    },
    bindCopies(parameters) {
      const tensors = weights(unflatten(parameters, nets.discriminator.layout));
      return (pair) => nets.discriminator.apply(tensors, copies(pair, packing));
    },
    initialise(seed) {
      const draw = (index: number, net: { initialise(random: Random): Float32Array }) =>
        net.initialise(stream(seed, 'initialisation', index));
      const players = method.networks.map((player) => draw(player === 'generator' ? 0 : 1, nets[player]));
      return {
        discriminator: draw(2, nets.discriminator),
        players: joinArrays(players),
        statistics: initialStatistics(statisticsLayout),
      };
    },
    part(player, parameters) {
      const index = method.networks.indexOf(player);
      if (index === -1) return undefined;
      const start = layouts.slice(0, index).reduce((size, layout) => size + layout.size, 0);
      return parameters.subarray(start, start + nets[player].layout.size);
    },
  };
}

/** Consecutive examples side by side (Lin et al. 2018): `[batch, …]` to `[batch / count, …]`, pictures along their channels. */
function packed({ x, z }: Pair, count: number): Pair {
  if (count === 1) return { ...(x && { x }), ...(z && { z }) };
  const pack = (examples: tf.Tensor) => {
    const [batch = 1, ...shape] = examples.shape;
    const channels = shape.pop() ?? 1;
    if (shape.length === 0) return examples.reshape([batch / count, count * channels]);
    const axes = shape.map((_, axis) => axis + 2);
    return examples
      .reshape([batch / count, count, ...shape, channels])
      .transpose([0, ...axes, 1, shape.length + 2])
      .reshape([batch / count, ...shape, count * channels]);
  };
  return { ...(x && { x: pack(x) }), ...(z && { z: pack(z) }) };
}

/** What packing makes of every example `count` times in a row: the example beside itself, a row each. */
function copies({ x, z }: Pair, count: number): Pair {
  const beside = (examples: tf.Tensor) =>
    count === 1 ? examples : tf.concat(Array<tf.Tensor>(count).fill(examples), examples.rank - 1);
  return { ...(x && { x: beside(x) }), ...(z && { z: beside(z) }) };
}

/** Noise `[batch, noise]` behind the numbers of vectors, or as channels of pictures. */
function beside(x: tf.Tensor, noise: tf.Tensor | undefined): tf.Tensor {
  if (noise === undefined) throw new Error('internal: a stochastic encoder was bound without its noise');
  const [batch = 1, ...shape] = x.shape;
  const sides = shape.slice(0, -1);
  const spread = tf.tile(noise.reshape([batch, ...sides.map(() => 1), -1]), [1, ...sides, 1]);
  return tf.concat([x, spread], x.rank - 1);
}

/** Means of 0 and variances of 1, in turns. */
function initialStatistics({ shapes }: ParameterLayout): Float32Array {
  return joinArrays(shapes.map(([channels = 0], index) => new Float32Array(channels).fill(index % 2)));
}
