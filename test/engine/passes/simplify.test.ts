import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Shapes, trace } from '../../../src/engine/capture/tracer.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { dropDeadCode } from '../../../src/engine/passes/dead-code.ts';
import { simplify } from '../../../src/engine/passes/simplify.ts';
import { printGraph } from '../graph/print.ts';

const x = (t: Readonly<Record<string, tf.Tensor>>) => t.x as tf.Tensor2D;
const shapes: Shapes = { x: [3, 4] };
type Rule = readonly [name: string, fn: (x: tf.Tensor2D) => tf.Tensor, program: string];

/** What remains of `fn` after one run of the pass, one operator a word. */
const remains = (fn: (x: tf.Tensor2D) => tf.Tensor, inputs: Shapes = shapes) =>
  dropDeadCode(simplify(trace((t) => ({ y: fn(x(t)) }), inputs)))
    .nodes.map(({ op }) => op)
    .join(' ');

describe('neutral elements and what constants decide', () => {
  it.each<Rule>([
    ['x · 1', (v) => tf.mul(v, 1), ''],
    ['1 · x', (v) => tf.mul(1, v), ''],
    ['x · −1', (v) => tf.mul(v, -1), 'Neg'],
    ['x + 0', (v) => tf.add(v, tf.zeros([3, 4])), ''],
    ['0 + x', (v) => tf.add(0, v), ''],
    ['x − 0', (v) => tf.sub(v, 0), ''],
    ['0 − x', (v) => tf.sub(0, v), 'Neg'],
    ['x / 1', (v) => tf.div(v, 1), ''],
    ['x ^ 1', (v) => tf.pow(v, 1), ''],
    ['x · 0', (v) => tf.mul(v, tf.zerosLike(v)), ''],
    ['0 / x', (v) => tf.div(0, v), ''],
    ['−−x', (v) => tf.neg(tf.neg(v)), ''],
    ['a copy', (v) => tf.clone(v), ''],
    ['(x · 2) · 3', (v) => tf.mul(tf.mul(v, 2), 3), 'Multiply'],
    ['constants alone', () => tf.exp(tf.mul(tf.fill([3, 4], 2), tf.sqrt(tf.scalar(9)))), ''],
    ['a sum of a constant', () => tf.sum(tf.ones([3, 4]), 0), ''],
    ['a + (−x)', (v) => tf.add(2, tf.neg(v)), 'Sub'],
  ])('%s', (_, fn, program) => expect(remains(fn)).toBe(program));

  it('keep the shape where the neutral element is the larger operand', () => {
    const graph = simplify(trace((t) => ({ y: tf.add(x(t), tf.zeros([2, 3, 4])) }), shapes));
    expect(graph.outputs.get('y')?.shape).toEqual([2, 3, 4]);
  });
});

describe('products', () => {
  it('with zero masks vanish, and all that made them', () => {
    const masked = (v: tf.Tensor2D) => tf.add(v, tf.matMul(tf.zeros([3, 5]), tf.exp(tf.ones([5, 4]))));
    expect(remains(masked)).toBe('');
  });

  it('over an inner side of one are a column times a row', () => {
    const graph = simplify(
      trace(({ a, b }) => ({ y: tf.matMul(a as tf.Tensor, b as tf.Tensor, true, false) }), { a: [1, 3], b: [1, 4] }),
    );
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "input  %0 a: float32[1,3]
      input  %1 b: float32[1,4]
      %2: float32[3,1] = Reshape(%0, shape=[3,1])
      %3: float32[1,4] = Reshape(%1, shape=[1,4])
      %4: float32[3,4] = Multiply(%2, %3)
      return y = %4"
    `);
  });
});

describe('shapes', () => {
  it.each<Rule>([
    ['reshapes of reshapes', (v) => v.reshape([12]).reshape([2, 6]), 'Reshape'],
    ['a reshape to the same shape', (v) => v.reshape([3, 4]), ''],
    ['a slice of everything', (v) => tf.slice(v, [0, 0], [3, 4]), ''],
    ['a sum over axes of one', (v) => tf.sum(v.reshape([3, 1, 4]), 1), 'Reshape Reshape'],
    ['a transpose that moves nothing', (v) => tf.transpose(v, [0, 1]), ''],
    ['a spread operand', (v) => tf.add(v, tf.tile(tf.sum(v, 0, true), [3, 1])), 'Sum Add'],
    ['a cast to the same type', (v) => tf.cast(tf.cast(v, 'float32'), 'float32'), ''],
  ])('%s', (_, fn, program) => expect(remains(fn)).toBe(program));
});

it('what autodiff writes for a penalty on a linear critic comes down to what a person would write', () => {
  // ∇ₓ Σ x w = 1 wᵀ, for every example the same; its squared norm is Σ w².
  const graph = optimise(
    trace(
      ({ x, w }) => {
        const gradient = tf.grad((point) => tf.sum(tf.matMul(point as tf.Tensor2D, w as tf.Tensor2D)))(x as tf.Tensor);
        return { y: tf.sum(tf.square(gradient), 1) };
      },
      { x: [3, 2], w: [2, 1] },
    ),
  );
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "input  %0 x: float32[3,2]
    input  %1 w: float32[2,1]
    %2: float32[1,2] = Reshape(%1, shape=[1,2])
    %3: float32[1,2] = Multiply(%2, %2)
    %4: float32[3,2] = BroadcastTo(%3, shape=[3,2])
    %5: float32[3] = Sum(%4, axis=1, keepDims=false)
    return y = %5"
  `);
});
