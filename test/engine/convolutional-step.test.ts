/** A convolutional generator with batch normalisation against a critic with a gradient penalty: all gradients at once. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../src/engine/capture/tracer.ts';
import type { AnyGraph } from '../../src/engine/graph/graph.ts';
import { optimise, toOnnxGraph } from '../../src/engine/lower/compile.ts';
import { lower } from '../../src/engine/lower/lower.ts';
import { unitGradientPenalty } from '../../src/methods/penalties.ts';
import { leakyRelu } from '../../src/nets/activation.ts';
import { distance, normalNumbers, runEager, runOnnx } from './harness.ts';

type Image = tf.Tensor4D;
const batch = 3;
const criticShapes = { c1: [4, 4, 2, 4], bias: [4], c2: [4, 4, 4, 3], c3: [2 * 2 * 3, 1] };
const generatorShapes = {
  g0: [5, 2 * 2 * 4],
  scale: [4],
  offset: [4],
  g1: [4, 4, 3, 4],
  scale1: [3],
  offset1: [3],
  g2: [4, 4, 2, 3],
};
const shapes = { ...criticShapes, ...generatorShapes, x: [batch, 8, 8, 2], z: [batch, 5], epsilon: [batch, 1] };

type Named = Readonly<Record<string, tf.Tensor>>;
const at = (tensors: Named, name: string) => tensors[name] as tf.Tensor;

const critic = (p: Named) => (x: tf.Tensor) => {
  const first = leakyRelu(tf.add(tf.conv2d(x as Image, at(p, 'c1') as Image, 2, 'same'), at(p, 'bias')), 0.2);
  const second = leakyRelu(tf.conv2d(first as Image, at(p, 'c2') as Image, 2, 'same'), 0.2);
  return tf.matMul(second.reshape([-1, 2 * 2 * 3]), at(p, 'c3'));
};

function normalise(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    1e-5,
  );
}

const generator = (p: Named) => (z: tf.Tensor) => {
  const seedling = tf.matMul(z, at(p, 'g0')).reshape([batch, 2, 2, 4]);
  const first = tf.relu(normalise(seedling, at(p, 'scale'), at(p, 'offset')));
  const grown = tf.conv2dTranspose(first as Image, at(p, 'g1') as Image, [batch, 4, 4, 3], 2, 'same');
  const second = tf.relu(normalise(grown, at(p, 'scale1'), at(p, 'offset1')));
  return tf.tanh(tf.conv2dTranspose(second as Image, at(p, 'g2') as Image, [batch, 8, 8, 2], 2, 'same'));
};

/** The gradients of `loss` by the named tensors, under their names. */
function gradientsBy(names: readonly string[], tensors: Named, loss: (parameters: Named) => tf.Tensor): Named {
  const ofList = (...all: tf.Tensor[]) =>
    loss({ ...tensors, ...Object.fromEntries(all.map((tensor, index) => [names[index], tensor])) });
  const gradients = tf.grads(ofList)(names.map((name) => at(tensors, name)));
  return Object.fromEntries(gradients.map((gradient, index) => [`by.${names[index]}`, gradient]));
}

const step: TensorFunction = (tensors) => {
  const [x, epsilon] = [at(tensors, 'x'), at(tensors, 'epsilon')];
  const fake = generator(tensors)(at(tensors, 'z'));
  return {
    ...gradientsBy(Object.keys(criticShapes), tensors, (p) => {
      const [real, generated] = tf.split(critic(p)(tf.concat([x, fake], 0)), 2, 0) as [tf.Tensor, tf.Tensor];
      const loss = tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(generated)));
      return tf.add(loss, tf.mul(10, unitGradientPenalty(critic(p), x, fake, epsilon)));
    }),
    ...gradientsBy(Object.keys(generatorShapes), tensors, (p) =>
      tf.mean(tf.softplus(tf.neg(critic(tensors)(generator(p)(at(p, 'z')))))),
    ),
  };
};

const inputs = normalNumbers(shapes, 8, 0.5);
const graph = optimise(trace(step, shapes));

it('is computed as tfjs computes it, with half of the transposes or fewer', async () => {
  const transposes = ({ nodes }: AnyGraph) => nodes.filter(({ op }) => op === 'Transpose').length;
  const lowered = toOnnxGraph(graph);
  expect(transposes(lowered)).toBeLessThanOrEqual(transposes(lower(graph)) / 2);
  expect(distance(await runOnnx(lowered, inputs), runEager(step, shapes, inputs))).toBeLessThan(2e-6);
});

it('is computed as tfjs computes it where its convolutions are products, and windows are gathered once', async () => {
  const lowered = toOnnxGraph(graph, { convolutions: 'products' });
  expect(distance(await runOnnx(lowered, inputs), runEager(step, shapes, inputs))).toBeLessThan(2e-6);
  // Filters' gradients take the windows that convolutions took: no gather is there but for a convolution or its gradient by x.
  const count = (op: string, { nodes }: AnyGraph) => nodes.filter((node) => node.op === op).length;
  const operators = toOnnxGraph(graph);
  expect(count('ConvTranspose', lowered)).toBe(count('ConvTranspose', operators)); // fewer than eight channels
  expect(count('Gather', lowered)).toBeLessThan(count('Conv', operators));
});
