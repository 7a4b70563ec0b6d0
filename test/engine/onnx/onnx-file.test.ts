import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type Shapes, type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import { type DType, GraphBuilder, type Value } from '../../../src/engine/graph/graph.ts';
import type { OnnxOps } from '../../../src/engine/graph/onnx-operators.ts';
import { optimise, toOnnxGraph } from '../../../src/engine/lower/compile.ts';
import { encodeOnnx } from '../../../src/engine/onnx/onnx-file.ts';
import { tensor } from '../../../src/engine/onnx/session.ts';
import { runOnnx } from '../harness.ts';

const x = (tensors: Readonly<Record<string, tf.Tensor>>) => tensors.x as tf.Tensor;
const compile = (fn: TensorFunction, shapes: Shapes) => toOnnxGraph(optimise(trace(fn, shapes)));

describe('the file', () => {
  /*
  Encoded once by onnx-proto 8.0.1 (protobufjs 6, generated from ONNX's own onnx.proto) from the same graphs: every kind of
  attribute but a string, constants, an open batch, a result that is an input.
  */
  it.each<[string, TensorFunction, Shapes, object, string]>([
    [
      'points',
      (t) => ({ y: tf.softplus(x(t)), z: tf.add(x(t), tf.tensor([1, 2])), x: x(t) }),
      { x: [3, 2] },
      { producer: 'a laboratory', batch: 'batch' },
      'd8c9b27780061fb43fe117c28d4438953b6101ec333cb9109f05c7227c658254',
    ],
    [
      'pictures',
      (t) => ({
        y: tf.conv2d(x(t) as tf.Tensor4D, tf.ones([3, 3, 2, 5]) as tf.Tensor4D, 2, 'same'),
        z: tf.leakyRelu(x(t), 0.2),
        u: tf.greater(x(t), 0),
        s: tf.sum(x(t), [1, 2]),
      }),
      { x: [2, 8, 8, 2] },
      {},
      '1b1438b647e4744c8c76ff447ee32682cbea3e774707f503d9d7c9c8d07c597a',
    ],
  ])('has the bytes that another encoder gives: %s', (_, fn, shapes, options, sha256) => {
    const bytes = encodeOnnx(compile(fn, shapes), options);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('keeps the names of inputs and outputs', async () => {
    const graph = compile((t) => ({ y: tf.softplus(x(t)), z: tf.add(x(t), tf.tensor([1, 2])) }), { x: [3, 2] });
    const session = await InferenceSession.create(encodeOnnx(graph));
    expect([session.inputNames, session.outputNames]).toEqual([['x'], ['y', 'z']]);
    await session.release();
  });

  it('leaves the batch open where it is given a name, so that any size runs', async () => {
    const scaled = compile((t) => ({ y: tf.mul(x(t), 2) }), { x: [3, 2] });
    const session = await InferenceSession.create(encodeOnnx(scaled, { batch: 'batch' }));
    const { y } = await session.run({ x: tensor(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), [5, 2]) });
    expect(y?.dims).toEqual([5, 2]);
    expect(y?.data).toEqual(Float32Array.of(2, 4, 6, 8, 10, 12, 14, 16, 18, 20));
    await session.release();
  });
});

describe('results that are no node of their own', () => {
  const numbers = { x: Float32Array.of(1, -2, 3) };

  it.each<[string, TensorFunction, Record<string, number[]>]>([
    ['an input', (t) => ({ y: x(t) }), { y: [1, -2, 3] }],
    ['a constant', (t) => ({ y: tf.tensor([7, 8]), z: tf.neg(x(t)) }), { y: [7, 8], z: [-1, 2, -3] }],
    [
      'the same value twice',
      (t) => {
        const y = tf.neg(x(t));
        return { y, z: y };
      },
      { y: [-1, 2, -3], z: [-1, 2, -3] },
    ],
    [
      'a value that goes on being used',
      (t) => ({ y: tf.relu(x(t)), z: tf.neg(tf.relu(x(t))) }),
      { y: [1, 0, 3], z: [-1, -0, -3] },
    ],
    ['an input under its own name, as state that stays', (t) => ({ x: x(t) }), { x: [1, -2, 3] }],
  ])('%s', async (_, fn, expected) => {
    const results = await runOnnx(compile(fn, { x: [3] }), numbers);
    const actual = Object.fromEntries(Object.entries(results).map(([name, result]) => [name, [...result.numbers]]));
    expect(actual).toEqual(expected);
  });
});

it.each<[DType, readonly number[]]>([
  ['float32', [0.5, -1.5, 3]],
  ['int32', [-1, 0, 7]],
  ['int64', [-1, 0, 7]],
  ['bool', [1, 0, 1]],
])('constants of type %s arrive as they were', async (dtype, numbers) => {
  const builder = new GraphBuilder<OnnxOps>();
  const constant = builder.constant({ shape: [3], dtype }, numbers);
  const [y] = builder.node('Cast', [constant], { to: 'float32' }, [{ shape: [3], dtype: 'float32' }]) as [Value];
  expect([...((await runOnnx(builder.finish([['y', y]]), {})).y?.numbers ?? [])]).toEqual(numbers);
});
