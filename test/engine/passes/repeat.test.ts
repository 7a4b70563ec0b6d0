import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { repeat, stepInput } from '../../../src/engine/passes/repeat.ts';
import { printGraph } from '../graph/print.ts';
import { distance, normalNumbers, type Results, runKernels } from '../harness.ts';

/** w ← w − 0.1 ∇ Σ (x w)², with the loss as an output that is no state. */
const fn: TensorFunction = ({ w, x }) => {
  const { value, grad } = tf.valueAndGrad((v) => tf.sum(tf.square(tf.matMul(x as tf.Tensor2D, v as tf.Tensor2D))))(
    w as tf.Tensor,
  );
  return { w: tf.sub(w as tf.Tensor, tf.mul(grad, 0.1)), loss: value };
};
const graph = optimise(trace(fn, { w: [2, 1], x: [3, 2] }));

it('carries the state from copy to copy, with inputs for each and the last outputs', () => {
  const small = optimise(
    trace(({ s, x }) => ({ s: tf.add(s as tf.Tensor, x as tf.Tensor), y: tf.neg(s as tf.Tensor) }), { s: [2], x: [2] }),
  );
  expect(printGraph(repeat(small, 2, ['s']))).toMatchInlineSnapshot(`
    "input  %0 s: float32[2]
    input  %1 x@0: float32[2]
    input  %2 x@1: float32[2]
    %3: float32[2] = Add(%0, %1)
    %4: float32[2] = Neg(%0)
    %5: float32[2] = Add(%3, %2)
    %6: float32[2] = Neg(%3)
    return s = %5
    return y = %6"
  `);
});

describe.each([1, 2, 5])('%i steps in one program', (times) => {
  it('are as many single ones', async () => {
    const inputs = normalNumbers(
      Object.fromEntries(Array.from({ length: times }, (_, index) => [stepInput('x', index), [3, 2]])),
      1,
      0.5,
    );
    const start = { w: Float32Array.of(0.5, -1) };
    let expected: Results = {};
    let state: Arrays = start;
    for (let index = 0; index < times; index++) {
      expected = await runKernels(graph, { ...state, x: inputs[stepInput('x', index)] as Float32Array });
      state = { w: expected.w?.numbers as Float32Array };
    }
    expect(distance(await runKernels(repeat(graph, times, ['w']), { ...start, ...inputs }), expected)).toBeLessThan(
      1e-6,
    );
  });
});
