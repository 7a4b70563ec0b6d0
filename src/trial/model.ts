/** The networks of one trial and where their numbers lie: one vector for D, one for the players that train together. */
import * as tf from '@tensorflow/tfjs';
import { joinArrays } from '../base/points.ts';
import { type Random, stream } from '../base/random.ts';
import type { Discriminator, Method, Player, Players } from '../methods/method.ts';
import { joinLayouts, type Layout, partsOf, unflatten } from '../nets/layout.ts';
import { makeNets } from '../nets/make-nets.ts';
import { batchMoments, keptMoments, type Moments } from '../nets/moments.ts';
import type { Nets } from '../nets/net.ts';
import type { ResolvedSpec } from '../schema/spec.ts';

export interface Model {
  readonly nets: Nets;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Those that the method trains, in the order of their parameters. */
  readonly players: readonly Player[];
  readonly playersLayout: Layout;
  /** Moments of the players' batch normalisations; of size 0 where they have none. */
  readonly statisticsLayout: Layout;
  /** Numbers in the players' parameters with their moments behind them: what they need outside of training. */
  readonly frozenSize: number;
  /**
   * For training: normalisations take the batch's moments. Those of each player's first call on real data or on draws of
   * the prior are left in `record`.
   */
  bindPlayers(parameters: tf.Tensor, record?: Map<Player, tf.Tensor[]>): Players;
  /** The moments that a training pass recorded, `[statisticsLayout.size]`. */
  momentsIn(record: ReadonlyMap<Player, readonly tf.Tensor[]>): tf.Tensor;
  /** For everything else: `[frozenSize]`, parameters and kept moments. */
  bindFrozen(parameters: tf.Tensor): Players;
  bindDiscriminator(parameters: tf.Tensor): Discriminator;
  /** First values. A net's are the same for every method of a seed. */
  initialise(seed: number): Record<'discriminator' | 'players' | 'statistics', Float32Array>;
  /** The part of the players' vector that is one player's; undefined where the method does not train it. */
  part(player: Player, parameters: Float32Array): Float32Array | undefined;
}

/** @param shape of one example of the data. */
export function makeModel(
  spec: Pick<ResolvedSpec, 'nets' | 'latent'>,
  method: Pick<Method, 'name' | 'players'>,
  shape: readonly number[],
): Model {
  const has = (player: Player) => method.players.includes(player);
  const sees = { x: has('generator'), z: has('encoder') };
  const nets = makeNets(spec.nets, { shape, latent: spec.latent.dim, sees });
  const layouts = method.players.map((player) => nets[player].layout);
  const statistics = method.players.map((player) => nets[player].statistics);
  const playersLayout = joinLayouts(layouts);
  const statisticsLayout = joinLayouts(statistics);

  /** Players whose normalisations ask `moments` anew at every pass. */
  function bind(parameters: tf.Tensor, moments: (player: Player, index: number) => Moments): Players {
    const parts = partsOf(unflatten(parameters, playersLayout), layouts);
    const bound = (player: Player) => (x: tf.Tensor) => {
      const index = method.players.indexOf(player);
      const part = parts[index];
      if (part === undefined) throw new Error(`internal: ${method.name} has no ${player}`);
      return nets[player].apply(part, x, moments(player, index));
    };
    return { generator: bound('generator'), encoder: bound('encoder') };
  }

  return {
    nets,
    shape,
    players: method.players,
    playersLayout,
    statisticsLayout,
    frozenSize: playersLayout.size + statisticsLayout.size,
    bindPlayers: (parameters, record) =>
      bind(parameters, (player) => {
        if (record === undefined || record.has(player)) return batchMoments();
        const moments: tf.Tensor[] = [];
        record.set(player, moments);
        return batchMoments(moments);
      }),
    momentsIn: (record) => tf.concat(method.players.flatMap((player) => [...(record.get(player) ?? [])])),
    bindFrozen(frozen) {
      if (statisticsLayout.size === 0) return bind(frozen, () => batchMoments());
      const [parameters, kept] = tf.split(frozen, [playersLayout.size, statisticsLayout.size]);
      if (!parameters || !kept) throw new Error('internal: frozen players lack their moments');
      const parts = partsOf(unflatten(kept, statisticsLayout), statistics);
      return bind(parameters, (_, index) => keptMoments(parts[index] ?? []));
    },
    bindDiscriminator(parameters) {
      const tensors = unflatten(parameters, nets.discriminator.layout);
      return (pair) => nets.discriminator.apply(tensors, pair);
    },
    initialise(seed) {
      const draw = (index: number, net: { initialise(random: Random): Float32Array }) =>
        net.initialise(stream(seed, 'initialisation', index));
      const players = method.players.map((player) => draw(player === 'generator' ? 0 : 1, nets[player]));
      return {
        discriminator: draw(2, nets.discriminator),
        players: joinArrays(players),
        statistics: standardMoments(statisticsLayout),
      };
    },
    part(player, parameters) {
      const index = method.players.indexOf(player);
      if (index === -1) return undefined;
      const start = layouts.slice(0, index).reduce((size, layout) => size + layout.size, 0);
      return parameters.subarray(start, start + nets[player].layout.size);
    },
  };
}

/** Means of 0 and variances of 1, in turns. */
function standardMoments({ shapes }: Layout): Float32Array {
  return joinArrays(shapes.map(([channels = 0], index) => new Float32Array(channels).fill(index % 2)));
}
