/** What each method's losses may and may not move. Their numbers are checked by the tests of losses and penalties. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs/quiet.ts';
import { methodCatalogue } from '../../src/methods/catalogue.ts';
import type { Batch, Discriminator, Exhibits, Guide, LossSettings, Players } from '../../src/methods/method.ts';
import { rate } from '../../src/methods/method.ts';
import { methods } from '../../src/methods/methods.ts';
import { methodNames } from '../../src/schema/spec.ts';

beforeAll(() => tf.setBackend('cpu'));

const batch = (): Batch => ({
  x: tf.tensor2d([
    [1, 2],
    [3, -4],
  ]),
  z: tf.tensor2d([[0.5], [-1]]),
  epsilon: tf.tensor2d([[0.25], [0.75]]),
});

/** Linear players: G(z) = z g, E(x) = x e, D(x, z) = Σ a x² + b z, so that D's gradient depends on where it looks. */
const players = (g: tf.Tensor, e: tf.Tensor): Players => ({
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
const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? Number.NaN;
const moves = (gradient: tf.Tensor | undefined) =>
  [...(gradient?.dataSync() ?? [])].some((number) => Math.abs(number) > 1e-6);

describe.each(methodNames)('%s', (name) => {
  const method = methods[name];
  const { loss, penalty, reconstruction, guidance } = methodCatalogue[name].defaults;
  const settings: LossSettings = { loss, penalty, reconstruction, guidance, ...(guidance && { guide }) };

  it('carries its name, and trains the players that the catalogue says', () => {
    expect(method.name).toBe(name);
    expect(method.players.includes('generator')).toBe(methodCatalogue[name].generator);
    expect(method.players.includes('encoder')).toBe(methodCatalogue[name].encoder);
  });

  it('moves D by its loss', () => {
    const exhibits = method.exhibit(players(g(), e()), batch());
    const gradient = tf.grad((weights) =>
      method.discriminatorLoss(discriminator(weights), exhibits, batch(), settings),
    )(a());
    expect(moves(gradient)).toBe(true);
  });

  it('moves each of its players by theirs, and no other', () => {
    const [ofG, ofE] = tf.grads((generator, encoder) => {
      const exhibits = method.exhibit(players(generator, encoder), batch());
      // A player that a method does not have would leave the tape broken, where tfjs throws.
      const nothing = tf.mul(0, tf.add(tf.sum(generator), tf.sum(encoder)));
      return tf.add(method.playersLoss(discriminator(a()), exhibits, batch(), settings), nothing);
    })([g(), e()]);
    expect(moves(ofG)).toBe(method.players.includes('generator'));
    expect(moves(ofE)).toBe(method.players.includes('encoder'));
  });

  it('shows D what it rates: examples, latents or pairs', () => {
    const { real, fake } = method.exhibit(players(g(), e()), batch());
    const sides = [
      ...(method.players.includes('generator') ? ['x'] : []),
      ...(method.players.includes('encoder') ? ['z'] : []),
    ];
    expect(Object.keys(real).toSorted()).toEqual(sides);
    expect(Object.keys(fake).toSorted()).toEqual(sides);
  });
});

describe('penalties in the loss of D', () => {
  it.each(['wgan-gp', 'bigan-pgp'] as const)('%s adds λ times its penalty', (name) => {
    const exhibits = methods[name].exhibit(players(g(), e()), batch());
    const at = (weight: number) =>
      value(
        methods[name].discriminatorLoss(discriminator(a()), exhibits, batch(), {
          loss: 'wasserstein',
          penalty: { weight, form: 'squared' },
        }),
      );
    const penalty = at(1) - at(0);
    expect(penalty).toBeGreaterThan(0);
    expect(at(3) - at(0)).toBeCloseTo(3 * penalty, 3);
  });

  it('bigan-pgp hands no gradient to G and E: in the loss of the players there is none of it', () => {
    const loss = (name: 'bigan' | 'bigan-pgp') => {
      const settings: LossSettings = { loss: 'wasserstein', penalty: { weight: 100, form: 'squared' } };
      const gradients = tf.grads((generator, encoder) =>
        methods[name].playersLoss(
          discriminator(a()),
          methods[name].exhibit(players(generator, encoder), batch()),
          batch(),
          settings,
        ),
      )([g(), e()]);
      return gradients.map((gradient) => [...gradient.dataSync()]);
    };
    expect(loss('bigan-pgp')).toEqual(loss('bigan'));
  });

  it('bigan-l2 adds w times the mean squared distance to the reconstruction', () => {
    const at = (weight: number) =>
      value(
        methods['bigan-l2'].playersLoss(
          discriminator(a()),
          methods['bigan-l2'].exhibit(players(g(), e()), batch()),
          batch(),
          { loss: 'logistic', reconstruction: { weight } },
        ),
      );
    // E(x) = 1.25 and −1.25; G of them (0.625, −1.25) and (−0.625, 1.25).
    const distance = ((1 - 0.625) ** 2 + (2 + 1.25) ** 2 + (3 + 0.625) ** 2 + (-4 - 1.25) ** 2) / 2;
    expect(at(2) - at(0)).toBeCloseTo(2 * distance, 3);
  });
});

it('rating both kinds of pairs at once is rating them one by one', () => {
  const exhibits: Exhibits = methods.bigan.exhibit(players(g(), e()), batch());
  const d = discriminator(a());
  const both = rate(d, exhibits);
  expect([...both.real.dataSync()]).toEqual([...d(exhibits.real).dataSync()]);
  expect([...both.fake.dataSync()]).toEqual([...d(exhibits.fake).dataSync()]);
});
