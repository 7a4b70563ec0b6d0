/** What each method's losses may and may not move. Their numbers are checked by the tests of losses and penalties. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import {
  type Batch,
  type Discriminator,
  type DiscriminatorInputs,
  type Guide,
  type LossInputs,
  logitsOf,
  type Networks,
} from '../../src/methods/method.ts';
import { defaultsOf, methodNames, methods } from '../support/methods.ts';

beforeAll(() => tf.setBackend('cpu'));

const batch = (): Batch => ({
  x: tf.tensor2d([
    [1, 2],
    [3, -4],
  ]),
  z: tf.tensor2d([[0.5], [-1]]),
  epsilon: tf.tensor2d([[0.25], [0.75]]),
  normal: tf.tensor2d([[0.1], [-0.2]]),
  perturbation: tf.tensor2d([
    [0.5, 0.25],
    [0.75, 0.1],
  ]),
});

/** Linear players: G(z) = z g, E(x) = x e, D(x, z) = Σ a x² + b z, so that D's gradient depends on where it looks. */
const players = (g: tf.Tensor, e: tf.Tensor): Networks => ({
  generator: (z) => tf.matMul(z as tf.Tensor2D, g as tf.Tensor2D),
  encoder: (x) => tf.matMul(x as tf.Tensor2D, e as tf.Tensor2D),
});
const discriminator =
  (a: tf.Tensor): Discriminator =>
  ({ x, z }) => {
    const terms = [
      ...(x ? [tf.sum(tf.mul(tf.square(x), a), 1, true)] : []),
      ...(z ? [tf.mul(tf.sum(z, 1, true), tf.sum(a))] : []),
    ];
    return tf.addN(terms);
  };

/** Of one class, as z has one block: its features are the examples themselves, so that its losses depend on where they lie. */
const guide: Guide = { classify: (x) => ({ features: x, logits: tf.sum(x, 1, true) }), variety: [1] };

const [g, e, a] = [() => tf.tensor2d([[0.5, -1]]), () => tf.tensor2d([[0.25], [0.5]]), () => tf.tensor1d([0.1, 0.2])];
/** What the losses of a step look at. */
const step = (weights: tf.Tensor, inputs: DiscriminatorInputs, settings: LossInputs['settings']): LossInputs => ({
  logits: logitsOf(discriminator(weights), inputs),
  discriminator: discriminator(weights),
  parameters: weights,
  discriminatorWith: discriminator,
  inputs,
  batch: batch(),
  settings,
  guide,
});

const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? Number.NaN;
const moves = (gradient: tf.Tensor | undefined) =>
  [...(gradient?.dataSync() ?? [])].some((number) => Math.abs(number) > 1e-6);

describe.each(methodNames)('%s', (name) => {
  const method = methods[name];
  const { losses } = method;
  const settings = defaultsOf(method);

  it('carries its name, and trains the players that the catalogue says', () => {
    expect(method.name).toBe(name);
    expect(method.networks.includes('generator')).toBe(name !== 'encoder-only');
    const encodes = name.startsWith('bigan') || ['encoder-only', 'veegan'].includes(name);
    expect(method.networks.includes('encoder')).toBe(encodes);
  });

  it('moves D by its loss', () => {
    const inputs = losses.inputs(players(g(), e()), batch());
    const gradient = tf.grad((weights) => losses.discriminatorLoss(step(weights, inputs, settings)))(a());
    expect(moves(gradient)).toBe(true);
  });

  it('moves each of its players by theirs, and no other', () => {
    const [ofG, ofE] = tf.grads((generator, encoder) => {
      const inputs = losses.inputs(players(generator, encoder), batch());
      // A player that a method does not have would leave the tape broken, where tfjs throws.
      const nothing = tf.mul(0, tf.add(tf.sum(generator), tf.sum(encoder)));
      return tf.add(losses.generatorLoss(step(a(), inputs, settings)), nothing);
    })([g(), e()]);
    expect(moves(ofG)).toBe(method.networks.includes('generator'));
    expect(moves(ofE)).toBe(method.networks.includes('encoder'));
  });

  it('shows D what it rates: examples, latents or pairs', () => {
    const { real, fake } = losses.inputs(players(g(), e()), batch());
    const sides = [
      ...(method.networks.includes('generator') ? ['x'] : []),
      ...(method.networks.includes('encoder') ? ['z'] : []),
    ];
    expect(Object.keys(real).toSorted()).toEqual(sides);
    expect(Object.keys(fake).toSorted()).toEqual(sides);
  });
});

describe('penalties in the loss of D', () => {
  it.each(['wgan-gp', 'bigan-pgp'] as const)('%s adds λ times its penalty', (name) => {
    const { losses } = methods[name];
    const inputs = losses.inputs(players(g(), e()), batch());
    const at = (weight: number) => {
      const settings = { loss: 'wasserstein' as const, penalty: { weight, form: 'squared' } };
      return value(losses.discriminatorLoss(step(a(), inputs, settings)));
    };
    const penalty = at(1) - at(0);
    expect(penalty).toBeGreaterThan(0);
    expect(at(3) - at(0)).toBeCloseTo(3 * penalty, 3);
  });

  it('bigan-pgp hands no gradient to G and E: in the loss of the players there is none of it', () => {
    const loss = (name: 'bigan' | 'bigan-pgp') => {
      const { losses } = methods[name];
      const settings = { loss: 'wasserstein' as const, penalty: { weight: 100, form: 'squared' } };
      const gradients = tf.grads((generator, encoder) =>
        losses.generatorLoss(step(a(), losses.inputs(players(generator, encoder), batch()), settings)),
      )([g(), e()]);
      return gradients.map((gradient) => [...gradient.dataSync()]);
    };
    expect(loss('bigan-pgp')).toEqual(loss('bigan'));
  });

  it('bigan-l2 adds w times the mean squared distance to the reconstruction', () => {
    const { losses } = methods['bigan-l2'];
    const at = (weight: number) => {
      const settings = { loss: 'logistic' as const, reconstruction: { weight } };
      const inputs = losses.inputs(players(g(), e()), batch());
      return value(losses.generatorLoss(step(a(), inputs, settings)));
    };
    // E(x) = 1.25 and −1.25; G of them (0.625, −1.25) and (−0.625, 1.25).
    const distance = ((1 - 0.625) ** 2 + (2 + 1.25) ** 2 + (3 + 0.625) ** 2 + (-4 - 1.25) ** 2) / 2;
    expect(at(2) - at(0)).toBeCloseTo(2 * distance, 3);
  });
});

it('rating both kinds of pairs at once is rating them one by one', () => {
  const inputs = methods.bigan.losses.inputs(players(g(), e()), batch());
  const d = discriminator(a());
  const both = logitsOf(d, inputs);
  expect([...both.real.dataSync()]).toEqual([...d(inputs.real).dataSync()]);
  expect([...both.fake.dataSync()]).toEqual([...d(inputs.fake).dataSync()]);
});
