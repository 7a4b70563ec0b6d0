/** The guided players' loss: its terms by hand, its gradient against central differences. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { classesOf, crossEntropy, guidedLosses } from '../../src/methods/guided-losses.ts';
import { type Discriminator, type Guide, logitsOf } from '../../src/methods/method.ts';

beforeAll(() => tf.setBackend('cpu'));

const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? Number.NaN;

/** Two classes, a block of two numbers each: examples of classes 0, 0, 1, 1, 1. */
const z = () =>
  tf.tensor2d([
    [0.5, -0.2, 0, 0],
    [0, 0.1, 0, 0],
    [0, 0, -0.7, 0.3],
    [0, 0, 0.4, 0],
    [0, 0, 0.9, -0.9],
  ]);

const linear: Discriminator = ({ x }) => tf.matMul(x as tf.Tensor2D, tf.tensor2d([[0.3], [-0.6]]));

/** L_G at samples `x`. */
/** D is linear whatever its parameters. */
const seen = { discriminator: linear, parameters: tf.zeros([1]), discriminatorWith: () => linear };

function loss(
  x: tf.Tensor,
  guide: Guide,
  guidance: { classification: number; variety: number },
  latents = z(),
): tf.Scalar {
  const batch = { x, z: latents, epsilon: tf.zeros([latents.shape[0], 1]) };
  const inputs = { real: { x }, fake: { x } };
  const settings = { loss: 'logistic' as const, guidance };
  const logits = logitsOf(linear, inputs);
  return guidedLosses.generatorLoss({ logits, ...seen, inputs, batch, settings, guide });
}

const samples = [
  [1, 0.5],
  [3, -0.5],
  [-1, 2],
  [0, 1],
  [1, -3],
];
/** Features are the examples; logits the sum and the difference of their numbers. */
const guide: Guide = {
  classify: (x) => ({
    features: x,
    logits: tf.matMul(
      x as tf.Tensor2D,
      tf.tensor2d([
        [1, 1],
        [1, -1],
      ]),
    ),
  }),
  variety: [1, 2],
};

it('the class of a latent is its block that is not 0, one number of it is enough', () => {
  expect(classesOf(z(), 2).arraySync()).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

describe('the terms', () => {
  const at = (guidance: { classification: number; variety: number }) =>
    value(loss(tf.tensor2d(samples), guide, guidance));
  const adversarial = at({ classification: 0, variety: 0 });

  it('begin with the non-saturating loss of a GAN', () => {
    // softplus(−D(x)), D(x) = 0.3 x0 − 0.6 x1
    const expected = samples.map(([a = 0, b = 0]) => Math.log1p(Math.exp(-(0.3 * a - 0.6 * b))));
    expect(adversarial).toBeCloseTo(expected.reduce((sum, term) => sum + term, 0) / 5, 5);
  });

  it('add w_c times the cross-entropy of the intended class', () => {
    const intended = [0, 0, 1, 1, 1];
    const expected = samples.map(([a = 0, b = 0], index) => {
      const logits = [a + b, a - b];
      return Math.log(Math.exp(a + b) + Math.exp(a - b)) - (logits[intended[index] ?? 0] ?? Number.NaN);
    });
    const mean = expected.reduce((sum, term) => sum + term, 0) / 5;
    expect(at({ classification: 2, variety: 0 }) - adversarial).toBeCloseTo(2 * mean, 4);
  });

  it('add w_v times the mean squared relative distance of the variety within classes', () => {
    // Class 0: (1, 3) and (½, −½): √2 and √½, mean 1.06066, S = 1. Class 1: (−1, 0, 1): 1; (2, 1, −3): √7; mean 1.82288, S = 2.
    const expected = ((Math.SQRT2 + Math.SQRT1_2) / 2 - 1) ** 2 + ((1 + Math.sqrt(7)) / 2 / 2 - 1) ** 2;
    expect(at({ classification: 0, variety: 3 }) - adversarial).toBeCloseTo((3 * expected) / 2, 4);
  });

  it('leave out classes with fewer than two examples', () => {
    const latents = tf.tensor2d([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [1, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    const both = value(loss(tf.tensor2d(samples), guide, { classification: 0, variety: 1 }, latents));
    // 1, 3, −1, 0: mean ¾, sum of squares 35/4; ½, −½, 2, 1: mean ¾, sum of squares 13/4.
    const s = (Math.sqrt(35 / 12) + Math.sqrt(13 / 12)) / 2;
    expect(both - adversarial).toBeCloseTo((s - 1) ** 2, 4);
    const alone = tf.tensor2d([[1, 0, 0, 0]]);
    const one = tf.tensor2d([[1, 0.5]]);
    const single = (variety: number) => value(loss(one, guide, { classification: 0, variety }, alone));
    expect(single(5)).toBe(single(0));
  });
});

it('cross-entropy is finite where logits are large, and log of the number of classes where they are equal', () => {
  const oneHot = tf.tensor2d([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(
    value(
      crossEntropy(
        tf.tensor2d([
          [1e4, 0, 0],
          [0, 0, 1e4],
        ]),
        oneHot,
      ),
    ),
  ).toBe(0);
  expect(
    value(
      crossEntropy(
        tf.tensor2d([
          [1e4, 0, 0],
          [1e4, 0, 0],
        ]),
        oneHot,
      ),
    ),
  ).toBe(5_000);
  expect(value(crossEntropy(tf.fill([2, 3], 7), oneHot))).toBeCloseTo(Math.log(3), 6);
});

describe('the gradient by the samples', () => {
  // tanh features: something that bends, as a classifier's do.
  const bending: Guide = {
    classify: (x) => ({ ...guide.classify(x), features: tf.concat([tf.tanh(x), tf.square(x)], 1) }),
    variety: [0.7, 1.9],
  };

  it.each([
    ['the cross-entropy', { classification: 1, variety: 0 }],
    ['the variety', { classification: 0, variety: 1 }],
    ['both', { classification: 0.5, variety: 2 }],
  ])('of %s is that of central differences', (_, guidance) => {
    const gradient = tf
      .grad((x) => loss(x, bending, guidance))(tf.tensor2d(samples))
      .arraySync() as number[][];
    const step = 5e-3;
    for (const row of [0, 1, 2, 3, 4]) {
      for (const column of [0, 1]) {
        const at = (by: number) => {
          const moved = samples.map((sample, r) => sample.map((v, c) => (r === row && c === column ? v + by : v)));
          return value(loss(tf.tensor2d(moved), bending, guidance));
        };
        expect(gradient[row]?.[column]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 2);
      }
    }
  });

  it('is finite, and pulls apart, where a class has almost collapsed', () => {
    const x = tf.tensor2d([
      [1, 1],
      [1.001, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const gradient = tf.grad((samples) => loss(samples, guide, { classification: 0, variety: 1 }))(x);
    const plain = tf.grad((samples) => loss(samples, guide, { classification: 0, variety: 0 }))(x);
    const [first = [], second = []] = tf.sub(gradient, plain).arraySync() as number[][];
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    // A descent moves the one that lies lower down, the other up.
    expect(first[0]).toBeGreaterThan(0);
    expect(second[0]).toBeLessThan(0);
  });
});

it('lacks its guide: our fault', () => {
  const batch = { x: tf.tensor2d(samples), z: z(), epsilon: tf.zeros([5, 1]) };
  const inputs = { real: { x: batch.x }, fake: { x: batch.x } };
  const settings = { loss: 'logistic' as const, guidance: { classification: 1, variety: 1 } };
  const logits = logitsOf(linear, inputs);
  expect(() => guidedLosses.generatorLoss({ logits, ...seen, inputs, batch, settings })).toThrow(/^internal: /);
});
