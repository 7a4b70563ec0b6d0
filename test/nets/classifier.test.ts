import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { classifierNet } from '../../src/nets/classifier.ts';
import { unflatten } from '../../src/nets/layout.ts';

beforeAll(() => tf.setBackend('cpu'));

function classify(shape: readonly number[], outputs: number) {
  const net = classifierNet(shape, outputs);
  const parameters = net.initialise(stream(1, 'classifier'));
  expect(parameters.length).toBe(net.layout.size);
  const tensors = unflatten(tf.tensor1d(parameters), net.layout);
  return { net, tensors, ...net.apply(tensors, tf.randomNormal([3, ...shape], 0, 1, 'float32', 4)) };
}

describe('classifierNet', () => {
  // 15 px: an odd side, 8 and 4 after it.
  it.each([
    [28, 1, 7],
    [32, 3, 8],
    [15, 3, 4],
  ])('of pictures of %d px with %d channels: 128 features, sides of %d at the bottom', (size, channels, quarter) => {
    const { net, features, logits } = classify([size, size, channels], 10);
    expect([features.shape, logits.shape]).toEqual([
      [3, 128],
      [3, 10],
    ]);
    expect(net.layout.shapes).toEqual([
      [4, 4, channels, 32],
      [32],
      [4, 4, 32, 64],
      [64],
      [quarter * quarter * 64, 128],
      [128],
      [128, 10],
      [10],
    ]);
  });

  it('of vectors: 64 features', () => {
    const { net, features, logits } = classify([2], 9);
    expect(net.features).toBe(64);
    expect([features.shape, logits.shape]).toEqual([
      [3, 64],
      [3, 9],
    ]);
    expect(net.layout.size).toBe(2 * 64 + 64 + 64 * 64 + 64 + 64 * 9 + 9);
  });

  it('has features that are not negative, of which logits are a linear function', () => {
    const { tensors, features, logits } = classify([2], 4);
    expect(Math.min(...features.dataSync())).toBe(0);
    const [weights, bias] = tensors.slice(-2);
    if (!weights || !bias) throw new Error('a classifier ends in a dense layer');
    const expected = tf.add(tf.matMul(features, weights), bias).dataSync();
    logits
      .dataSync()
      .forEach((value: number, index: number) => void expect(value).toBeCloseTo(expected[index] ?? 0, 5));
  });
});
