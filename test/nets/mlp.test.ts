import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { leakyRelu } from '../../src/nets/activation.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { type MlpSettings, mlp } from '../../src/nets/mlp.ts';
import { batchStatistics } from '../../src/nets/statistics.ts';

beforeAll(() => tf.setBackend('cpu'));

const spec = (changes: Partial<MlpSettings> = {}): MlpSettings => ({
  hidden: [4, 3],
  activation: 'relu',
  slope: 0.2,
  initialiser: 'xavier-uniform',
  ...changes,
});

it('lays out a matrix and a bias for every layer', () => {
  expect(mlp(2, 5, spec()).layout).toEqual({
    shapes: [[2, 4], [4], [4, 3], [3], [3, 5], [5]],
    size: 8 + 4 + 12 + 3 + 15 + 5,
  });
});

describe.each([
  ['relu', (x: number) => Math.max(0, x)],
  ['leaky-relu', (x: number) => (x > 0 ? x : 0.2 * x)],
] as const)('%s', (activation, f) => {
  it('gives what the sums give that one writes by hand', () => {
    const net = mlp(2, 2, spec({ hidden: [3], activation }));
    // Biases too: they are zero at first.
    const parameters = net
      .initialise(stream(1, 'initialisation'))
      .map((number, index) => number + 0.1 * Math.sin(index));
    const rows = [
      [0.5, -1.5],
      [-2, 1],
      [3, 0.25],
    ];
    const at = (index: number) => parameters[index] ?? Number.NaN;
    const expected = rows.map(([a = 0, b = 0]) => {
      const hidden = [0, 1, 2].map((unit) => f(a * at(unit) + b * at(3 + unit) + at(6 + unit)));
      return [0, 1].map((unit) => hidden.reduce((sum, h, from) => sum + h * at(9 + 2 * from + unit), at(15 + unit)));
    });
    const actual = net
      .apply(unflatten(tf.tensor1d(parameters), net.layout), tf.tensor2d(rows), batchStatistics())
      .arraySync() as number[][];
    actual.flat().forEach((number, index) => {
      expect(number).toBeCloseTo(expected.flat()[index] ?? Number.NaN, 5);
    });
  });
});

describe('initialisers', () => {
  it('xavier-uniform: uniform up to √(6 / (fan in + fan out)), biases zero', () => {
    const net = mlp(50, 100, spec({ hidden: [70] }));
    const all = net.initialise(stream(5, 'initialisation'));
    const [first, bias] = [all.subarray(0, 3500), all.subarray(3500, 3570)];
    const bound = Math.sqrt(6 / 120);
    const largest = first.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(variance(first)).toBeCloseTo(bound ** 2 / 3, 3);
    expect([...bias]).toEqual(Array(70).fill(0));
  });

  it('he-normal: normal of variance 2 / fan in, biases zero', () => {
    const net = mlp(50, 100, spec({ hidden: [70], initialiser: 'he-normal' }));
    const all = net.initialise(stream(5, 'initialisation'));
    const first = all.subarray(0, 3500);
    // The standard error of a variance of 3,500 normal numbers is 2.4 % of it.
    expect(Math.abs(variance(first) / (2 / 50) - 1)).toBeLessThan(0.08);
    expect(first.some((number) => Math.abs(number) > 2.5 * Math.sqrt(2 / 50))).toBe(true);
    expect([...all.subarray(3500, 3570)]).toEqual(Array(70).fill(0));
  });

  it('are functions of the stream alone', () => {
    const net = mlp(2, 2, spec());
    const draw = (seed: number) => net.initialise(stream(seed, 'initialisation'));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('leakyRelu', () => {
  it('is x above 0 and slope · x below', () => {
    expect([...leakyRelu(tf.tensor1d([2, -2, 0]), 0.25).dataSync()]).toEqual([2, -0.5, 0]);
  });

  it('has the second order that central differences have, where a square makes one', () => {
    // d/dx ‖∇ₓ Σ leakyRelu(x)²‖² = d/dx (2 s² x)² = 8 s⁴ x
    const x = [1.5, -0.5, 3, -2];
    const first = (v: tf.Tensor) => tf.grad((p) => tf.sum(tf.square(leakyRelu(p, 0.2))))(v);
    const penalty = (v: tf.Tensor): tf.Scalar => tf.sum(tf.square(first(v)));
    const gradient = [...tf.grad(penalty)(tf.tensor1d(x)).dataSync()];
    x.forEach((value, index) => {
      const at = (step: number) =>
        penalty(tf.tensor1d(x.map((v, i) => (i === index ? v + step : v)))).dataSync()[0] ?? 0;
      const slope = value > 0 ? 1 : 0.2;
      expect(gradient[index]).toBeCloseTo(8 * slope ** 4 * value, 5);
      expect(gradient[index]).toBeCloseTo((at(0.01) - at(-0.01)) / 0.02, 2);
    });
  });
});

function variance(numbers: Float32Array): number {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
}
