/** Layers of convolutional nets: their sums against PyTorch, their first weights against their law. */
import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { dense, double, halve, type Layer, map, normalise, sequence } from '../../src/nets/layers.ts';
import { layoutOf, unflatten } from '../../src/nets/layout.ts';
import { batchStatistics } from '../../src/nets/statistics.ts';

beforeAll(() => tf.setBackend('cpu'));

function first(layer: Layer): Float32Array {
  const values = new Float32Array(layer.shapes.flat().length === 0 ? 0 : layoutOf(layer.shapes).size);
  layer.initialise?.(stream(5, 'initialisation'), values);
  return values;
}
const apply = (layer: Layer, parameters: tf.Tensor[], x: tf.Tensor) => layer.apply(parameters, x, batchStatistics());

/** w = (0 … 15 − 7) / 8, 4 × 4. */
const filter = () =>
  tf.tensor4d(
    Array.from({ length: 16 }, (_, index) => (index - 7) / 8),
    [4, 4, 1, 1],
  );

describe('halve and double', () => {
  /**
   * PyTorch 2.13, w = ((torch.arange(16).float() - 7) / 8).reshape(1, 1, 4, 4):
   *
   *     F.conv2d(img, w, stride=2, padding=1), F.conv_transpose2d(small, w, stride=2, padding=1)
   */
  it('are PyTorch’s convolutions of stride 2 and padding 1', () => {
    const image = tf.tensor4d([1, -2, 0.5, 3, 0, 1, -1, 2, 2, 0.25, -0.5, 1, -1, 0, 1.5, -2], [1, 4, 4, 1]);
    const halved = apply(halve(1, 1, false), [filter()], image);
    expect(halved.shape).toEqual([1, 2, 2, 1]);
    expect([...halved.dataSync()]).toEqual([1.09375, 1.53125, -0.15625, -1.84375]);
    const doubled = apply(
      double(1, 1, true),
      [filter(), tf.tensor1d([10])],
      tf.tensor4d([1, -2, 0.5, 3], [1, 2, 2, 1]),
    );
    expect(doubled.shape).toEqual([1, 4, 4, 1]);
    expect([...doubled.dataSync()].map((value) => value - 10)).toEqual([
      -0.25, 0.625, 0.5, 0.25, -0.125, -2.8125, -2.5, -2.625, 0.625, -1.5625, -1.25, -2.125, 0.125, 0.5625, 1, 1.125,
    ]);
  });

  it('have a filter’s shape, and a bias where they are told', () => {
    expect(halve(3, 5, true).shapes).toEqual([[4, 4, 3, 5], [5]]);
    expect(halve(3, 5, false).shapes).toEqual([[4, 4, 3, 5]]);
    expect(double(3, 5, true).shapes).toEqual([[4, 4, 5, 3], [5]]);
    expect(double(3, 5, false).shapes).toEqual([[4, 4, 5, 3]]);
  });
});

describe('first weights', () => {
  /** Of the law U(−a, a): none beyond, some near, variance a² / 3 (its standard error is 2 a² / (3 √(5 n))). */
  function expectUniform(weights: Float32Array, bound: number): void {
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest).toBeGreaterThan(0.98 * bound);
    const variance = weights.reduce((sum, weight) => sum + weight ** 2, 0) / weights.length;
    const error = (2 * bound ** 2) / (3 * Math.sqrt(5 * weights.length));
    expect(Math.abs(variance - bound ** 2 / 3)).toBeLessThan(4 * error);
  }

  it('are Glorot’s, a filter’s fans those of all its 16 places, biases 0', () => {
    for (const layer of [halve(6, 10, true), double(6, 10, true)]) {
      const values = first(layer);
      expectUniform(values.subarray(0, 960), Math.sqrt(6 / (16 * 6 + 16 * 10)));
      expect([...values.subarray(960)]).toEqual(Array(10).fill(0));
    }
    const values = first(dense(40, 30));
    expectUniform(values.subarray(0, 1200), Math.sqrt(6 / 70));
    expect([...values.subarray(1200)]).toEqual(Array(30).fill(0));
  });

  it('of a normalisation leave what it normalised', () => {
    expect([...first(normalise(3))]).toEqual([1, 1, 1, 0, 0, 0]);
  });
});

it('a sequence hands every layer its own parameters, and asks for moments in order', () => {
  const net = sequence([dense(2, 3), normalise(3), map((x) => tf.relu(x)), dense(3, 1)]);
  expect(net.layout.shapes).toEqual([[2, 3], [3], [3], [3], [3, 1], [1]]);
  expect(net.statistics.shapes).toEqual([[3], [3]]);
  const parameters = unflatten(tf.tensor1d([1, 0, 2, 0, 1, -1, 0, 0, 5, 1, 1, 1, 0.5, 0, 0, 1, 2, 3, 10]), net.layout);
  // Hidden of (1, 0) and (3, 2): (1, 0, 7) and (3, 2, 9); normalised −1 and 1 (almost); offset ½ on the first, relu.
  const y = net.apply(
    parameters,
    tf.tensor2d([
      [1, 0],
      [3, 2],
    ]),
    batchStatistics(),
  );
  expect([...y.dataSync()].map((value) => Number(value.toFixed(3)))).toEqual([10, 16.5]);
});
