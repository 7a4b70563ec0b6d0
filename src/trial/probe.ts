/**
 * Asks trained networks about any points: G(z), E(x), D and its gradient, in data units. One compiled program of a fixed
 * batch answers all of it for every trial of a method; what is asked, and why, the callbacks decide.
 */
import * as tf from '@tensorflow/tfjs-core';
import { chunks, joinArrays } from '../base/points.ts';
import type { TensorFunction } from '../engine/capture/tracer.ts';
import type { Arrays, Engine, Step } from '../engine/engine.ts';
import type { NetworkName } from '../methods/method.ts';
import type { Model } from './model.ts';

/** Points in one run of the program; more are asked in several runs, fewer are filled up. */
const rows = 512;

export interface Sizes {
  readonly dim: number;
  readonly latent: number;
  /** Factor from data units to what networks see. */
  readonly scale: number;
}

export function prepareProbe(engine: Engine, model: Model, { latent, scale }: Omit<Sizes, 'dim'>): Promise<Step> {
  return engine.prepare(probe(model, scale), {
    state: {},
    inputs: {
      players: [model.evaluationSize],
      discriminator: [model.nets.discriminator.layout.size],
      x: [rows, ...model.shape],
      z: [rows, latent],
      ...(model.noise > 0 && { noise: [rows, model.noise] }),
    },
  });
}

const probe =
  (model: Model, scale: number): TensorFunction =>
  (inputs) => {
    // The signature above has them.
    const { x, z } = inputs as { x: tf.Tensor; z: tf.Tensor };
    const networks = model.bindEvaluation(inputs.players as tf.Tensor, inputs.noise);
    const discriminate = model.bindCopies(inputs.discriminator as tf.Tensor);
    const has = (network: NetworkName) => model.networks.includes(network);
    const score = (point: tf.Tensor) =>
      discriminate({ ...(has('generator') && { x: tf.mul(point, scale) }), ...(has('encoder') && { z }) });
    return {
      score: score(x),
      ...(has('generator') && {
        gradient: tf.grad((point) => tf.sum(score(point)))(x),
        generated: tf.div(networks.generator(z), scale),
      }),
      ...(has('encoder') && { encoded: networks.encoder(tf.mul(x, scale)) }),
    };
  };

/** Flat: G and E, with their running statistics behind their parameters, and D. */
export interface Weights {
  readonly players: Float32Array;
  readonly discriminator: Float32Array;
}

/** Those that are being trained, from a training step's state. */
export function rawWeights({ players, statistics, discriminator }: Arrays): Weights {
  if (!players || !discriminator) throw new Error('internal: the state of a training step lacks its networks');
  return { players: withStatistics(players, statistics), discriminator };
}

/** Those that are evaluated: the moving average of G and E where there is one, and D as it is. */
export function evaluatedWeights(state: Arrays): Weights {
  const raw = rawWeights(state);
  return state.average ? { ...raw, players: withStatistics(state.average, state.averageStatistics) } : raw;
}

const withStatistics = (parameters: Float32Array, statistics?: Float32Array): Float32Array =>
  statistics ? joinArrays([parameters, statistics]) : parameters;

export interface Rating {
  /** D's logits, one a point. */
  readonly score: Float32Array;
  /** ∇ₓ D at each point, z held constant, per data unit, `[points, dim]`; absent for a discriminator of latents. */
  readonly gradient?: Float32Array;
}

export class Probe {
  readonly #step: Step;
  readonly #model: Model;
  readonly #sizes: Sizes;

  constructor(step: Step, model: Model, sizes: Sizes) {
    this.#step = step;
    this.#model = model;
    this.#sizes = sizes;
  }

  has(network: NetworkName): boolean {
    return this.#model.networks.includes(network);
  }

  /** G of latents `[count, latent]`: points `[count, dim]`. */
  async generate(weights: Weights, z: Float32Array): Promise<Float32Array> {
    const { generated } = await this.#ask(weights, { z });
    if (generated === undefined) throw new Error('internal: a method without a generator was asked to generate');
    return generated;
  }

  /** E of points `[count, dim]`: latents `[count, latent]`. A stochastic E is asked with ε `[count, noise]`, or with ε = 0. */
  async encode(weights: Weights, x: Float32Array, noise?: Float32Array): Promise<Float32Array> {
    const { encoded } = await this.#ask(weights, { x, ...(noise && { noise }) });
    if (encoded === undefined) throw new Error('internal: a method without an encoder was asked to encode');
    return encoded;
  }

  /** D at points, at latents or at pairs of both; a side that D does not see is left out. */
  async rate(weights: Weights, pairs: { readonly x?: Float32Array; readonly z?: Float32Array }): Promise<Rating> {
    const { score, gradient } = await this.#ask(weights, pairs);
    if (score === undefined) throw new Error('internal: the probe returned no score');
    return { score, ...(gradient && { gradient }) };
  }

  /** D(x), or where D sees pairs D(x, E(x)), with ε = 0 where E is stochastic. */
  async rateData(weights: Weights, x: Float32Array): Promise<Rating> {
    return this.rate(weights, this.has('encoder') ? { x, z: await this.encode(weights, x) } : { x });
  }

  async #ask(
    weights: Weights,
    { x, z, noise }: { readonly x?: Float32Array; readonly z?: Float32Array; readonly noise?: Float32Array },
  ): Promise<Readonly<Record<string, Float32Array | undefined>>> {
    const { dim, latent } = this.#sizes;
    const width = this.#model.noise;
    const count = x ? x.length / dim : (z?.length ?? 0) / latent;
    const answers: Record<string, Float32Array> = {};
    for (const { first, count: part } of chunks(count, rows)) {
      const outputs = await this.#step.run({
        players: weights.players,
        discriminator: weights.discriminator,
        x: window(x, first, part, dim),
        z: window(z, first, part, latent),
        ...(width > 0 && { noise: window(noise, first, part, width) }),
      });
      for (const [name, values] of Object.entries(outputs)) {
        const width = values.length / rows;
        answers[name] ??= new Float32Array(count * width);
        answers[name].set(values.subarray(0, part * width), first * width);
      }
    }
    return answers;
  }
}

/** A whole batch: `part` rows from `first` on, then zeros. */
function window(values: Float32Array | undefined, first: number, part: number, width: number): Float32Array {
  const batch = new Float32Array(rows * width);
  if (values) batch.set(values.subarray(first * width, (first + part) * width));
  return batch;
}
