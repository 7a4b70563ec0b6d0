/** The operations of a program: by hand, and the same as the plan of the machine code has. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { Shape } from '../../../src/engine/graph/graph.ts';
import { flopsOf } from '../../../src/engine/kernels/flops.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { makePlan } from '../../../src/engine/native/plan/make-plan.ts';
import type { Statement } from '../../../src/engine/native/plan/program.ts';
import { rowsOf } from '../../../src/engine/native/plan/walk.ts';

const programOf = (fn: TensorFunction, shapes: Readonly<Record<string, Shape>>) => optimise(trace(fn, shapes));

/** By the statements of a plan, which has other nodes than the program. */
function ofPlan(statement: Statement): number {
  switch (statement.kind) {
    case 'product':
      return 2 * statement.rows * statement.columns * statement.inner;
    case 'convolution':
      return 2 * rowsOf(statement) * statement.columns * statement.inner.reduce((product, size) => product * size, 1);
    default:
      return 0;
  }
}

const dense: TensorFunction = ({ x, w }) => {
  const loss = (weights: tf.Tensor) =>
    tf.sum<tf.Scalar>(tf.square(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D)));
  const { value, grad } = tf.valueAndGrad(loss)(w as tf.Tensor);
  return { value, grad };
};

const convolution: TensorFunction = ({ x, w }) => {
  const loss = (image: tf.Tensor, filter: tf.Tensor) =>
    tf.sum<tf.Scalar>(tf.square(tf.conv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same')));
  const { value, grads } = tf.valueAndGrads(loss)([x as tf.Tensor, w as tf.Tensor]);
  return { value, dx: grads[0] as tf.Tensor, dw: grads[1] as tf.Tensor };
};

describe('floating-point operations', () => {
  it('of x w and its gradient with respect to w: twice 2 · 5 · 7 · 3', () => {
    const program = programOf(dense, { x: [5, 7], w: [7, 3] });
    expect(flopsOf(program)).toBe(2 * 2 * 5 * 7 * 3);
    expect(makePlan(program, []).statements.map(ofPlan)).toEqual(expect.arrayContaining([2 * 5 * 7 * 3]));
  });

  it('of a convolution and both of its gradients: thrice 2 for every tap of every channel of every number of the result', () => {
    const program = programOf(convolution, { x: [2, 8, 8, 16], w: [4, 4, 16, 24] });
    const once = 2 * (2 * 4 * 4 * 24) * (4 * 4 * 16);
    expect(flopsOf(program)).toBe(3 * once);
  });

  it('are those of the plan that is emitted', () => {
    const programs = [
      programOf(dense, { x: [32, 17], w: [17, 9] }),
      programOf(({ x, w }) => ({ y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same') }), {
        x: [2, 8, 8, 16],
        w: [4, 4, 16, 24],
      }),
    ];
    for (const program of programs) {
      const planned = makePlan(program, []).statements.reduce((total, statement) => total + ofPlan(statement), 0);
      expect(flopsOf(program)).toBe(planned);
    }
  });

  it('are none of what is neither product nor convolution', () => {
    expect(flopsOf(programOf(({ x }) => ({ y: tf.exp(tf.add(x as tf.Tensor, 1)) }), { x: [5, 7] }))).toBe(0);
  });
});
