/** The networks of one trial and where their parameters lie: one vector for D, one for the players that train together. */
import * as tf from '@tensorflow/tfjs';
import type { Discriminator, Method, Player, Players } from '../methods/method.ts';
import { joinLayouts, type Layout, partsOf, unflatten } from '../nets/layout.ts';
import { mlp, type Net } from '../nets/mlp.ts';
import { stream } from '../random/stream.ts';
import type { ResolvedSpec } from '../spec/spec.ts';

export interface Model {
  readonly nets: Readonly<Record<Player, Net>> & { readonly discriminator: Net };
  /** Those that the method trains, in the order of their parameters. */
  readonly players: readonly Player[];
  readonly playersLayout: Layout;
  bindPlayers(parameters: tf.Tensor): Players;
  bindDiscriminator(parameters: tf.Tensor): Discriminator;
  /** First parameters. A net's are the same for every method of a seed. */
  initialise(seed: number): { readonly discriminator: Float32Array; readonly players: Float32Array };
  /** The part of the players' vector that is one player's; undefined where the method does not train it. */
  part(player: Player, parameters: Float32Array): Float32Array | undefined;
}

/** @param dim numbers in one example of the data. */
export function makeModel(spec: Pick<ResolvedSpec, 'nets' | 'latent'>, method: Method, dim: number): Model {
  const latent = spec.latent.dim;
  const discriminatorInputs = method.players.includes('generator')
    ? dim + (method.players.includes('encoder') ? latent : 0)
    : latent;
  const nets = {
    generator: mlp(latent, dim, spec.nets),
    encoder: mlp(dim, latent, spec.nets),
    discriminator: mlp(discriminatorInputs, 1, spec.nets),
  };
  const layouts = method.players.map((player) => nets[player].layout);
  const playersLayout = joinLayouts(layouts);
  return {
    nets,
    players: method.players,
    playersLayout,
    bindPlayers(parameters) {
      const parts = partsOf(unflatten(parameters, playersLayout), layouts);
      const bound = (player: Player) => (x: tf.Tensor) => {
        const part = parts[method.players.indexOf(player)];
        if (part === undefined) throw new Error(`internal: ${method.name} has no ${player}`);
        return nets[player].apply(part, x);
      };
      return { generator: bound('generator'), encoder: bound('encoder') };
    },
    bindDiscriminator(parameters) {
      const tensors = unflatten(parameters, nets.discriminator.layout);
      return ({ x, z }) => nets.discriminator.apply(tensors, x && z ? tf.concat([x, z], 1) : ((x ?? z) as tf.Tensor)); // a pair has at least one side
    },
    initialise(seed) {
      const draw = (index: number, net: Net) => net.initialise(stream(seed, 'initialisation', index));
      const players = method.players.map((player) => draw(player === 'generator' ? 0 : 1, nets[player]));
      return {
        discriminator: draw(2, nets.discriminator),
        players: Float32Array.from(players.flatMap((part) => [...part])),
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
