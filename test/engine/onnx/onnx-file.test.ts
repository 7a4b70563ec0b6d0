import * as tf from '@tensorflow/tfjs';
import onnxProto from 'onnx-proto';
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
const decode = (bytes: Uint8Array) => onnxProto.onnx.ModelProto.decode(bytes);

describe('the file', () => {
  const graph = compile((t) => ({ y: tf.softplus(x(t)), z: tf.add(x(t), tf.tensor([1, 2])) }), { x: [3, 2] });

  it('says its opset, the format version that belongs to it, and what made it', () => {
    const model = decode(encodeOnnx(graph, { producer: 'a laboratory' }));
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([['', 17]]);
    expect(Number(model.irVersion)).toBe(8);
    expect(model.producerName).toBe('a laboratory');
  });

  it('keeps the names of inputs and outputs', () => {
    const { graph: inner } = decode(encodeOnnx(graph));
    expect(inner?.input?.map(({ name }) => name)).toEqual(['x']);
    expect(inner?.output?.map(({ name }) => name)).toEqual(['y', 'z']);
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
