/** Batch normalisation with the batch's moments and with kept ones, against sums by hand and against PyTorch. */
import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../src/nets/layers.ts';
import { batchStatistics, runningStatistics } from '../../src/nets/statistics.ts';

beforeAll(() => tf.setBackend('cpu'));

const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];
function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 5);
}

describe('batchStatistics', () => {
  it('are mean and variance of every channel over batch and places, the variance without Bessel’s correction', () => {
    // Channel 0: 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4. Channel 1: 0, 0, 2, −2: mean 0, variance 2.
    const x = tf.tensor4d([1, 0, 3, 0, 5, 2, 7, -2], [2, 1, 2, 2]);
    const { mean, variance } = batchStatistics().next(x);
    expect([mean.shape, variance.shape]).toEqual([[2], [2]]);
    expectClose(numbers(mean), [4, 0]);
    expectClose(numbers(variance), [5, 2]);
  });

  it('of vectors are those of their columns', () => {
    const { mean, variance } = batchStatistics().next(
      tf.tensor2d([
        [1, -1],
        [2, 5],
        [6, 2],
      ]),
    );
    expectClose(numbers(mean), [3, 2]);
    expectClose(numbers(variance), [14 / 3, 6]);
  });

  it('are recorded layer by layer, mean before variance, and what is recorded is what runningStatistics hands out', () => {
    const record: tf.Tensor[] = [];
    const moments = batchStatistics(record);
    const first = moments.next(tf.tensor2d([[1], [3]]));
    const second = moments.next(tf.tensor2d([[0], [4]]));
    expect(record).toEqual([first.mean, first.variance, second.mean, second.variance]);
    const kept = runningStatistics(record);
    expect(kept.next(tf.zeros([1, 1]))).toEqual(first);
    expect(kept.next(tf.zeros([1, 1]))).toEqual(second);
    expect(() => kept.next(tf.zeros([1, 1]))).toThrow(/^internal: /);
  });
});

/**
 * PyTorch 2.13:
 *
 *     bn = torch.nn.BatchNorm2d(2, eps=1e-5)
 *     bn.running_mean[:] = torch.tensor([0.2, -0.4]); bn.running_var[:] = torch.tensor([1.5, 0.3])
 *     bn.weight[:] = torch.tensor([1.25, 0.8]); bn.bias[:] = torch.tensor([-0.1, 0.6])   # under no_grad
 *     bn.eval()(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)      # `kept`; bn.train()(…) is `training`
 */
const figures = {
  x: [0.5, -1, 2, 0.25, -0.75, 1.5, 1, -2, 0.1, 0.2, -0.3, 0.4, 1.2, -1.1, 0, 3],
  kept: [
    0.206185, -0.276341, 1.737111, 1.54937, -1.069587, 3.375082, 0.716494, -1.736911, -0.202062, 1.476341, -0.610309,
    1.768455, 0.920617, -0.422398, -0.304123, 5.565935,
  ],
  training: [
    -0.05329, -0.024927, 2.188812, 0.65067, -1.921707, 1.326267, 0.694078, -0.565405, -0.651183, 0.623646, -1.249077,
    0.731741, 0.993025, -0.078975, -0.800657, 2.136984,
  ],
};

describe('normalise', () => {
  const layer = normalise(2);
  const parameters = () => [tf.tensor1d([1.25, 0.8]), tf.tensor1d([-0.1, 0.6])];
  const x = () => tf.tensor4d(figures.x, [2, 2, 2, 2]);

  it('with kept moments is PyTorch’s batch normalisation in evaluation mode', () => {
    const kept = runningStatistics([tf.tensor1d([0.2, -0.4]), tf.tensor1d([1.5, 0.3])]);
    expectClose(numbers(layer.apply(parameters(), x(), kept)), figures.kept);
  });

  it('with the batch’s is PyTorch’s in training mode', () => {
    expectClose(numbers(layer.apply(parameters(), x(), batchStatistics())), figures.training);
  });

  it('gives the training pass again from the moments that it recorded', () => {
    const record: tf.Tensor[] = [];
    const trained = numbers(layer.apply(parameters(), x(), batchStatistics(record)));
    expect(record.map(({ shape }) => shape)).toEqual(layer.statistics);
    expect(numbers(layer.apply(parameters(), x(), runningStatistics(record)))).toEqual(trained);
  });
});
