import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { adversarial } from '../../src/methods/adversarial.ts';
import type { LossName } from '../../src/methods/loss-names.ts';
import type { Logits } from '../../src/methods/method.ts';

beforeAll(() => tf.setBackend('cpu'));

const [real, fake] = [
  [2, -1],
  [0.5, -3],
];
const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? Number.NaN;

const mean = (numbers: number[], f: (x: number) => number = (x) => x) =>
  numbers.reduce((sum, x) => sum + f(x), 0) / numbers.length;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
/** Binary cross-entropy, as its definition says it. */
const bce = (numbers: number[], target: 0 | 1) =>
  mean(numbers, (x) => -Math.log(target === 1 ? sigmoid(x) : 1 - sigmoid(x)));
const paired = (a: number[], b: number[]) => a.map((x, index) => x - (b[index] ?? Number.NaN));
const squares = (numbers: number[], target: number) => mean(numbers, (x) => (x - target) ** 2);

/** L_D, L_G and L_E by the table of the paper's code (v, lol1, ls, w), in plain numbers. */
const expected: Readonly<Record<LossName, readonly [number, number, number]>> = {
  logistic: [bce(real, 1) + bce(fake, 0), bce(fake, 1), bce(real, 0)],
  linear: [bce(real, 1) + bce(fake, 0), -mean(fake), mean(real)],
  'least-squares': [squares(fake, 0) + squares(real, 1), squares(fake, 1), squares(real, 0)],
  wasserstein: [mean(fake) - mean(real), -mean(fake), mean(real)],
  hinge: [mean(real, (x) => Math.max(0, 1 - x)) + mean(fake, (x) => Math.max(0, 1 + x)), -mean(fake), mean(real)],
  relativistic: [bce(paired(real, fake), 1), bce(paired(fake, real), 1), 0],
};

describe.each(Object.keys(expected) as LossName[])('%s', (name) => {
  const loss = adversarial[name];
  const logits = () => ({ real: tf.tensor2d(real, [2, 1]), fake: tf.tensor2d(fake, [2, 1]) });
  const [discriminator, generator, encoder] = expected[name];

  it('has the values that its equations have', () => {
    expect(value(loss.discriminator(logits()))).toBeCloseTo(discriminator, 5);
    expect(value(loss.generator(logits()))).toBeCloseTo(generator, 5);
    expect(value(loss.encoder(logits()))).toBeCloseTo(encoder, 5);
  });

  it('pulls the logits of D and of the players in opposite directions', () => {
    const sign = (loss: (x: tf.Tensor) => tf.Scalar, at: number[]) =>
      Math.sign(
        mean([
          ...tf
            .grad(loss)(tf.tensor2d(at, [2, 1]))
            .dataSync(),
        ]),
      );
    const { real: r, fake: f } = logits();
    // Between the targets of least squares.
    const inside = [0.4, 0.6];
    const onFake = sign((x) => loss.discriminator({ real: r, fake: x }), inside);
    const onReal = sign((x) => loss.discriminator({ real: x, fake: f }), inside);
    expect([onFake, onReal]).toEqual([1, -1]);
    const both = (seen: Logits) => tf.add(loss.generator(seen), loss.encoder(seen)) as tf.Scalar; // each is one
    const onG = sign((x) => both({ real: r, fake: x }), inside);
    const onE = sign((x) => both({ real: x, fake: f }), inside);
    expect([onG, onE]).toEqual([-1, 1]);
  });
});

it('logistic stays finite, with its gradient, where a sigmoid would be 0 or 1', () => {
  const far = tf.tensor2d([90, -90], [2, 1]);
  expect(value(adversarial.logistic.discriminator({ real: far, fake: far }))).toBeCloseTo(90, 3);
  const gradient = tf
    .grad((fake) => adversarial.logistic.generator({ real: far, fake }))(far)
    .dataSync();
  expect([...gradient].map((number) => Number(number.toFixed(5)))).toEqual([-0, -0.5]);
});
