/** Gradients of every method's losses against central differences, on small networks: of D's loss by D, of the players' by them. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { type DiscriminatorInputs, type LossInputs, logitsOf } from '../../src/methods/method.ts';
import type { Section } from '../../src/schema/kind.ts';
import { normalNumbers, uniform } from '../engine/harness.ts';
import { defaultsOf, makeModel, methodNames, methods } from '../support/methods.ts';

beforeAll(() => tf.setBackend('cpu'));

const nets: Section = {
  kind: 'mlp',
  hidden: [6, 5],
  activation: 'leaky-relu',
  slope: 0.2,
  initialiser: 'xavier-uniform',
};
const latent = { kind: 'uniform', dim: 3, low: -1, high: 1 } as const;
const examples = 6;

/** What a method starts from, but where its approximations would be seen. */
const exact = { spectral: { iterations: 60 } };

function lossesOf(name: (typeof methodNames)[number]) {
  const method = methods[name];
  const settings = { ...defaultsOf(method), ...('spectral' in method.settings && exact) };
  const { losses } = method;
  const packing = method.packing({ latent, ...settings });
  const bare = makeModel({ nets, latent }, method, [2], packing, 0, settings);
  const random = uniform(4);
  const tensor = (width: number, seed: number) =>
    tf.tensor2d(normalNumbers({ at: [examples, width] }, seed).at as Float32Array, [examples, width]);
  const batch = {
    ...{ x: tensor(2, 1), z: tensor(3, 2), normal: tensor(3, 3) },
    epsilon: tf.tensor2d(Array.from({ length: examples }, random), [examples, 1]),
    perturbation: tf.tensor2d(Array.from({ length: examples * 2 }, random), [examples, 2]),
  };
  const discriminatorWith = (parameters: tf.Tensor) => bare.bindDiscriminator(parameters);
  const stepOf = (inputs: DiscriminatorInputs, parameters: tf.Tensor): LossInputs => {
    const discriminator = discriminatorWith(parameters);
    const logits = logitsOf(discriminator, inputs);
    return { logits, discriminator, parameters, discriminatorWith, inputs, batch, settings };
  };
  const inputsOf = (players: tf.Tensor) => losses.inputs(bare.bindTraining(players), batch);
  const { discriminator, players } = bare.initialise(8);
  const shown = inputsOf(tf.tensor1d(players)); // constants in a step of D
  return {
    ofD: (parameters: tf.Tensor) => losses.discriminatorLoss(stepOf(shown, parameters)),
    ofPlayers: (parameters: tf.Tensor) =>
      losses.generatorLoss(stepOf(inputsOf(parameters), tf.tensor1d(discriminator))),
    discriminator,
    players,
  };
}

const directions = 7;

/** Slopes of a loss along random directions of unit length: by its gradient, and by differences. */
function slopes(loss: (parameters: tf.Tensor) => tf.Scalar, at: Float32Array): (readonly [number, number])[] {
  const step = 2e-4;
  return tf.tidy(() => {
    const gradient = Float32Array.from(tf.grad(loss)(tf.tensor1d(at)).dataSync());
    return Array.from({ length: directions }, (_, index) => {
      const drawn = normalNumbers({ at: [at.length] }, 21 + index).at as Float32Array;
      const direction = drawn.map((number) => number / Math.hypot(...drawn));
      const moved = (by: number) =>
        loss(tf.tensor1d(at.map((value, index) => value + by * (direction[index] ?? 0)))).dataSync()[0] ?? Number.NaN;
      const byGradient = gradient.reduce((sum, slope, index) => sum + slope * (direction[index] ?? 0), 0);
      return [byGradient, (moved(step) - moved(-step)) / (2 * step)] as const;
    });
  });
}

// A guided method needs its guide, and has tests of its own.
describe.each(methodNames.filter((name) => name !== 'guided'))('%s', (name) => {
  it.each(['discriminator', 'players'] as const)('moves the %s down its loss', (owner) => {
    const { ofD, ofPlayers, ...start } = lossesOf(name);
    const found = slopes(owner === 'discriminator' ? ofD : ofPlayers, start[owner]);
    expect(Math.max(...found.map(([slope]) => Math.abs(slope)))).toBeGreaterThan(1e-2);
    // Leaky ReLU bends, and a penalty on slopes jumps there: where differences straddle a bend they say nothing.
    const near = found.filter(
      ([slope, expected]) => Math.abs(slope - expected) < 0.01 * Math.max(0.2, Math.abs(slope)),
    );
    expect(near.length).toBeGreaterThan(directions / 2);
  });
});
