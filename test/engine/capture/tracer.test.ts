import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import { printGraph } from '../graph/print.ts';

beforeEach(() => tf.setBackend('cpu'));

const x = (tensors: Readonly<Record<string, tf.Tensor>>) => tensors.x as tf.Tensor;

describe('what cannot be traced says so', () => {
  it('a kernel without a rule, by name, with the place to add it', () => {
    expect(() => trace((t) => ({ y: tf.cumsum(x(t)) }), { x: [3] })).toThrow(
      'kernel Cumsum cannot be compiled: --engine tfjs runs it',
    );
  });

  it.each<[string, TensorFunction]>([
    ['dataSync', (t) => ({ y: tf.scalar(x(t).dataSync()[0] ?? 0) })],
    ['arraySync', (t) => ({ y: tf.tensor(x(t).arraySync() as number[]) })],
    [
      'print',
      (t) => {
        x(t).print();
        return { y: x(t) };
      },
    ],
  ])('a value that is read: %s', (_, fn) => {
    expect(() => trace(fn, { x: [3] })).toThrow('reads the value of a tensor (dataSync, arraySync, print)');
  });

  it('a tensor that was made outside, with its shape', () => {
    const outside = tf.tensor([1, 2, 3]);
    expect(() => trace((t) => ({ y: tf.add(x(t), outside) }), { x: [3] })).toThrow(
      /a tensor of shape \[3\] was made outside of the traced function/,
    );
    outside.dispose();
  });

  it('a tensor that an earlier trace made', () => {
    let leaked: tf.Tensor | undefined;
    const leak: TensorFunction = (t) => {
      leaked = tf.keep(tf.neg(x(t)));
      return { y: leaked };
    };
    trace(leak, { x: [3] });
    expect(() => trace((t) => ({ y: tf.add(x(t), leaked as tf.Tensor) }), { x: [3] })).toThrow(
      'was made outside of the traced function',
    );
  });

  it('strings', () => {
    expect(() => trace(() => ({ y: tf.tensor(['a']) }), {})).toThrow('cannot hold a string tensor');
  });
});

it('tensors that are made inside are constants, a number where they are filled with one', () => {
  const graph = trace((t) => ({ y: tf.add(tf.mul(x(t), tf.tensor([1, 2])), tf.tensor([5, 5])) }), { x: [2] });
  expect([...graph.constants.values()]).toEqual([Float32Array.of(1, 2), 5]);
});

it('calls the function once', () => {
  let calls = 0;
  const fn: TensorFunction = (t) => {
    calls++;
    return { y: tf.neg(x(t)) };
  };
  trace(fn, { x: [3] });
  expect(calls).toBe(1);
});

it('records gradients as part of the program', () => {
  const graph = trace((t) => ({ y: tf.grad((v) => tf.sum(tf.square(v)))(x(t)) }), { x: [2] });
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "input  %0 x: float32[2]
    const  %1: float32[] = 1
    const  %2: float32[2] = 1
    const  %3: float32[] = 2
    %4: float32[2] = Square(%0)
    %5: float32[2] = Identity(%0)
    %6: float32[] = Sum(%4, axis=null, keepDims=false)
    %7: float32[2] = Identity(%4)
    %8: float32[1] = Reshape(%1, shape=[1])
    %9: float32[2] = Multiply(%8, %2)
    %10: float32[2] = Cast(%5, dtype=float32)
    %11: float32[2] = Multiply(%10, %3)
    %12: float32[2] = Multiply(%9, %11)
    return y = %12"
  `);
});

it('keeps aliases apart: a reshaped tensor is a value of its own', () => {
  const graph = trace((t) => ({ y: x(t).reshape([3, 1]), z: x(t) }), { x: [3] });
  expect(graph.outputs.get('y')?.shape).toEqual([3, 1]);
  expect(graph.outputs.get('z')?.shape).toEqual([3]);
});

describe('leaves tfjs as it was', () => {
  it('after a trace', () => {
    trace((t) => ({ y: tf.neg(x(t)) }), { x: [3] });
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.tensor([1, 2]).neg().dataSync()).toEqual(Float32Array.of(-1, -2));
  });

  it('after a trace that threw', () => {
    const fail = () => {
      throw new Error('from the step');
    };
    expect(() => trace(fail, { x: [3] })).toThrow('from the step');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('with as many tensors as before', () => {
    const before = tf.memory().numTensors;
    trace((t) => ({ y: tf.grad((v) => tf.sum(tf.exp(v)))(x(t)) }), { x: [3] });
    expect(tf.memory().numTensors).toBe(before);
  });
});
