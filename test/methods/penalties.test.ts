import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { pairwiseGradientPenalty, unitGradientPenalty } from '../../src/methods/penalties.ts';
import { leakyRelu } from '../../src/nets/activation.ts';

beforeAll(() => tf.setBackend('cpu'));

const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? Number.NaN;

describe('on a linear discriminator, whose gradient is its weights', () => {
  const weights = tf.tensor2d([3, 4], [2, 1]);
  const logits = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, weights);
  // u is (1, 0) and (0, −1).
  const pairs = {
    x: tf.tensor2d([
      [2, 1],
      [0, -3],
    ]),
    reconstructed: tf.tensor2d([
      [1, 1],
      [0, 4],
    ]),
    epsilon: tf.tensor2d([0.3, 0.8], [2, 1]),
  };

  it('squared: mean of ‖w − u‖²', () => {
    // (3 − 1)² + 4² = 20 and 3² + (4 + 1)² = 34
    expect(value(pairwiseGradientPenalty(logits, pairs))).toBeCloseTo(27, 4);
  });

  it('norm: mean of ‖w − u‖', () => {
    expect(value(pairwiseGradientPenalty(logits, pairs, 'norm'))).toBeCloseTo((Math.sqrt(20) + Math.sqrt(34)) / 2, 5);
  });

  it('unit: (‖w‖ − 1)²', () => {
    expect(value(unitGradientPenalty(logits, pairs.x, pairs.reconstructed, pairs.epsilon))).toBeCloseTo(16, 4);
  });

  it('looks between the points: at x where ε is 1, at x̂ where it is 0', () => {
    // D(x) = Σ x² has gradient 2 x.
    const bowl = (x: tf.Tensor) => tf.sum(tf.square(x), 1, true);
    const at = (epsilon: number) =>
      value(unitGradientPenalty(bowl, tf.tensor2d([[3, 0]]), tf.tensor2d([[1, 0]]), tf.tensor2d([[epsilon]])));
    expect([at(1), at(0), at(0.5)]).toEqual([25, 1, 9]);
  });
});

/** D(x, z) of an MLP with three hidden leaky units: as the PyTorch figures below have it. */
const net = {
  w1: [0.5, -0.4, 0.3, -0.2, 0.6, 0.1, 0.7, -0.1, -0.5],
  b1: [0.05, -0.1, 0.2],
  w2: [0.8, -0.6, 0.4],
};
const data = {
  x: [
    [1, 0.5],
    [-0.7, 0.2],
    [0.3, -1.1],
  ],
  reconstructed: [
    [0.6, 0.9],
    [-0.2, -0.4],
    [0.5, -0.8],
  ],
  z: [[0.3], [-0.8], [0.5]],
  epsilon: [[0.25], [0.5], [0.9]],
};
type Net = readonly [w1: tf.Tensor, b1: tf.Tensor, w2: tf.Tensor];
const tensors = (): Net => [tf.tensor2d(net.w1, [3, 3]), tf.tensor1d(net.b1), tf.tensor2d(net.w2, [3, 1])];

/** The three penalties as functions of D's parameters. */
const penalties: Readonly<Record<string, (parameters: Net) => tf.Scalar>> = Object.fromEntries(
  (['squared', 'norm', 'unit'] as const).map((form) => [
    form,
    ([w1, b1, w2]: Net) => {
      const logits = (x: tf.Tensor) => {
        const pair = tf.concat([x as tf.Tensor2D, tf.tensor2d(data.z)], 1);
        return tf.matMul(
          leakyRelu(tf.add(tf.matMul(pair, w1 as tf.Tensor2D), b1), 0.2) as tf.Tensor2D,
          w2 as tf.Tensor2D,
        );
      };
      const [x, reconstructed, epsilon] = [
        tf.tensor2d(data.x),
        tf.tensor2d(data.reconstructed),
        tf.tensor2d(data.epsilon),
      ];
      return form === 'unit'
        ? unitGradientPenalty(logits, x, reconstructed, epsilon)
        : pairwiseGradientPenalty(logits, { x, reconstructed, epsilon }, form);
    },
  ]),
);

/**
 * PyTorch 2.13, float64, with D = leaky_relu(cat([x, z], 1) @ W1 + b1, 0.2) @ W2, p = ε x + (1 − ε) x̂,
 * g = autograd.grad(D(p).sum(), p, create_graph=True)[0], d = x − x̂, u = d / d.norm(dim=1, keepdim=True):
 *
 *     squared: ((g - u)**2).sum(1).mean()    norm: (g - u).norm(dim=1).mean()    unit: ((g.norm(dim=1) - 1)**2).mean()
 *
 * and autograd.grad(penalty, [W1, b1, W2]); b1's is zero, and so is the row of W1 for z.
 */
const figures: Readonly<Record<string, { value: number; w1: number[]; w2: number[] }>> = {
  squared: {
    value: 1.29996923,
    w1: [0.691002824, -0.535367063, 0.356911375, 0.325926837, 0.308601776, -0.205734517, 0, 0, 0],
    w2: [0.350395056, -0.665513151, 0.216249902],
  },
  norm: {
    value: 0.994203734,
    w1: [0.326954736, -0.218608116, 0.145738744, 0.357210656, -0.071199223, 0.047466149, 0, 0, 0],
    w2: [0.115044046, -0.074539521, 0.121170595],
  },
  unit: {
    value: 0.142942083,
    w1: [-0.312047187, 0.20505715, -0.136704767, 0.167080775, -0.147054772, 0.098036515, 0, 0, 0],
    w2: [-0.236799685, 0.283759538, -0.078019446],
  },
};

describe.each(Object.keys(figures))('%s, on a small network', (form) => {
  const penalty = penalties[form] as (parameters: Net) => tf.Scalar;
  const gradients = () => tf.grads((...all: tf.Tensor[]) => penalty(all as unknown as Net))([...tensors()]);

  it('has the value and the parameter gradients that PyTorch has', () => {
    const { value: expected = Number.NaN, w1 = [], w2 = [] } = figures[form] ?? {};
    expect(value(penalty(tensors()))).toBeCloseTo(expected, 5);
    const [first, bias, second] = gradients().map((gradient) => [...gradient.dataSync()]);
    w1.forEach((number, index) => void expect(first?.[index]).toBeCloseTo(number, 5));
    w2.forEach((number, index) => void expect(second?.[index]).toBeCloseTo(number, 5));
    expect(bias).toEqual([0, 0, 0]);
  });

  it('has the parameter gradients that central differences have', () => {
    const [first] = gradients().map((gradient) => [...gradient.dataSync()]);
    for (const index of [0, 3, 4, 7]) {
      const at = (step: number) => {
        const [, b1, w2] = tensors();
        const moved = net.w1.map((number, place) => (place === index ? number + step : number));
        return value(penalty([tf.tensor2d(moved, [3, 3]), b1, w2]));
      };
      expect(first?.[index]).toBeCloseTo((at(2e-3) - at(-2e-3)) / 4e-3, 2);
    }
  });
});

describe('where x is its own reconstruction', () => {
  it.each(['squared', 'norm'] as const)('%s is finite, with its gradient', (form) => {
    const same = tf.tensor2d([[1, 2]]);
    const penalty = (weights: tf.Tensor) =>
      pairwiseGradientPenalty(
        (x) => tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D),
        { x: same, reconstructed: same, epsilon: tf.tensor2d([[0.5]]) },
        form,
      );
    const weights = tf.tensor2d([3, 4], [2, 1]);
    // u is 0 there: nothing says where D should point.
    expect(value(penalty(weights))).toBeCloseTo(form === 'squared' ? 25 : 5, 4);
    expect([...tf.grad(penalty)(weights).dataSync()].every(Number.isFinite)).toBe(true);
  });

  it.each(['norm', 'unit'] as const)('%s is finite where its own norm is zero', (form) => {
    const [x, reconstructed, epsilon] = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 0]]), tf.tensor2d([[0.5]])];
    // For `norm` the gradient is u itself; for `unit` it is zero.
    const weights = tf.tensor2d(form === 'norm' ? [1, 0] : [0, 0], [2, 1]);
    const penalty = (w: tf.Tensor) => {
      const logits = (point: tf.Tensor) => tf.matMul(point as tf.Tensor2D, w as tf.Tensor2D);
      return form === 'norm'
        ? pairwiseGradientPenalty(logits, { x, reconstructed, epsilon }, 'norm')
        : unitGradientPenalty(logits, x, reconstructed, epsilon);
    };
    expect(Number.isFinite(value(penalty(weights)))).toBe(true);
    expect([...tf.grad(penalty)(weights).dataSync()].every(Number.isFinite)).toBe(true);
  });
});

it('takes norms over all dimensions of an image', () => {
  // Two images of [2, 2, 1]; D = Σ w x with w = 1 everywhere: ‖w‖ = 2, and u = ½ everywhere.
  const logits = (x: tf.Tensor) => tf.sum(x, [1, 2, 3]).reshape([-1, 1]);
  const [x, reconstructed] = [tf.ones([2, 2, 2, 1]), tf.zeros([2, 2, 2, 1])];
  const epsilon = tf.tensor2d([[0.1], [0.9]]);
  // ‖1 − ½‖ over four pixels is 1.
  expect(value(pairwiseGradientPenalty(logits, { x, reconstructed, epsilon }))).toBeCloseTo(1, 5);
  expect(value(pairwiseGradientPenalty(logits, { x, reconstructed, epsilon }, 'norm'))).toBeCloseTo(1, 5);
  expect(value(unitGradientPenalty(logits, x, reconstructed, epsilon))).toBeCloseTo(1, 5);
});
