import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { shareCommonSubexpressions } from '../../../src/engine/passes/common-subexpressions.ts';
import { printGraph } from '../graph/print.ts';

const x = (t: Readonly<Record<string, tf.Tensor>>) => t.x as tf.Tensor;
const opsOf = (fn: (x: tf.Tensor) => tf.Tensor) =>
  shareCommonSubexpressions(trace((t) => ({ y: fn(x(t)) }), { x: [2, 3] })).nodes.map(({ op }) => op);

it('computes equal things once, equal constants included', () => {
  const fn = (v: tf.Tensor) => tf.add(tf.exp(tf.mul(v, 2)), tf.exp(tf.mul(v, 2)));
  expect(printGraph(shareCommonSubexpressions(trace((t) => ({ y: fn(x(t)) }), { x: [2, 3] })))).toMatchInlineSnapshot(`
    "input  %0 x: float32[2,3]
    const  %1: float32[] = 2
    const  %2: float32[] = 2
    %3: float32[2,3] = Multiply(%0, %1)
    %4: float32[2,3] = Exp(%3)
    %5: float32[2,3] = Add(%4, %4)
    return y = %5"
  `);
});

it('tells attributes, constants and types apart', () => {
  expect(opsOf((v) => tf.add(tf.sum(v, 0, true), tf.sum(v, 1, true)))).toEqual(['Sum', 'Sum', 'Add']);
  expect(opsOf((v) => tf.add(tf.mul(v, 2), tf.mul(v, 3)))).toEqual(['Multiply', 'Multiply', 'Add']);
  expect(opsOf((v) => tf.add(tf.sum(tf.zeros([2]).reshape([2, 1])), tf.mul(v, tf.zeros([3]))))).toContain('Multiply');
});

it('shares operators with several outputs', () => {
  const fn = (v: tf.Tensor) => tf.add(tf.split(v, 3, 1)[0] as tf.Tensor, tf.split(v, 3, 1)[2] as tf.Tensor);
  expect(opsOf(fn)).toEqual(['SplitV', 'Add']);
});
