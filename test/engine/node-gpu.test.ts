/** The eager engine on libtensorflow, where `@tensorflow/tfjs-node-gpu` has its native part: CONTRIBUTING says how to get it. */
import { existsSync } from 'node:fs';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { TensorFunction } from '../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { loadLibtensorflow } from '../../src/engine/tfjs/libtensorflow.ts';
import { eagerEngine } from '../../src/engine/tfjs/tfjs-engine.ts';
import { leakyRelu } from '../../src/nets/activation.ts';
import { normalNumbers } from './harness.ts';

// Every Node that is promised takes this version of Node-API.
const binding = '../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node';
const isThere = existsSync(new URL(binding, import.meta.url));
const why = isThere ? '' : ' (skipped: its native part is not installed)';

type Image = tf.Tensor4D;

/** A convolutional critic takes a step down its gradient penalty: second derivatives of a convolution by both its arguments. */
const step: TensorFunction = (tensors) => {
  const [first, second, x] = [tensors.first as Image, tensors.second as Image, tensors.x as Image];
  const critic = (a: tf.Tensor, b: tf.Tensor, image: tf.Tensor) => {
    const sums = leakyRelu(tf.conv2d(image as Image, a as Image, 2, 'same'), 0.2);
    return tf.sum(tf.conv2d(sums as Image, b as Image, 1, 'same'));
  };
  const penalty = (a: tf.Tensor, b: tf.Tensor) => {
    const slope = tf.grad((image) => critic(a, b, image))(x);
    return tf.mean(tf.square(tf.sub(tf.sqrt(tf.sum(tf.square(slope), [1, 2, 3])), 1))) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(penalty)([first, second]);
  const [byFirst, bySecond] = grads as [tf.Tensor, tf.Tensor]; // one for each argument
  return {
    first: tf.sub(first, tf.mul(byFirst, 0.01)),
    second: tf.sub(second, tf.mul(bySecond, 0.01)),
    loss: value,
  };
};
const state = { first: [4, 4, 2, 4], second: [3, 3, 4, 1] };
const inputs = { x: [3, 8, 8, 2] };
// Small weights: steep gradients would magnify rounding from step to step.
const start = normalNumbers(state, 5, 0.1);

async function train(device: string): Promise<Arrays> {
  const engine = await eagerEngine(device);
  const prepared = await engine.prepare(step, { state, inputs });
  prepared.load(start);
  let logs: Arrays = {};
  for (let index = 0; index < 4; index++) logs = await prepared.run(normalNumbers(inputs, 6 + index));
  return { ...prepared.state(), ...logs };
}

describe.skipIf(!isThere)(`libtensorflow${why}`, () => {
  it('trains a convolutional critic as tfjs does in JavaScript, twice to the same bytes, and leaves no tensor', async () => {
    const expected = await train('cpu');
    const before = tf.memory().numTensors;
    const actual = await train('node-cpu');
    expect(tf.getBackend()).toBe('tensorflow');
    expect(await train('node-cpu')).toEqual(actual);
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.keys(actual).toSorted()).toEqual(['first', 'loss', 'second']);
    for (const [name, numbers] of Object.entries(expected)) {
      expect(numbers, name).not.toEqual(start[name]);
      const apart = numbers.map((number, at) => Math.abs(number - (actual[name]?.[at] ?? Number.NaN)));
      expect(Math.max(...apart), name).toBeLessThan(2e-7);
    }
  });

  it('loaded for the processor, it is not taken for a GPU', async () => {
    await eagerEngine('node-cpu');
    await expect(eagerEngine('node-gpu')).rejects.toThrow('TensorFlow sees no GPU');
  });
});

it.skipIf(isThere)('without its native part the package says so, and Node has what the package calls', async () => {
  await expect(loadLibtensorflow()).rejects.toThrow('tfjs-node-gpu');
  expect(util).toMatchObject({ isArray: Array.isArray, isNullOrUndefined: expect.any(Function) });
});
