/** Plans: what is joined and where it lies, as text; the same numbers as tfjs, and the same bytes emitted as interpreted. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { Shape } from '../../../src/engine/graph/graph.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { checkPlan } from '../../../src/engine/native/plan/check.ts';
import { makePlan } from '../../../src/engine/native/plan/make-plan.ts';
import type { Plan } from '../../../src/engine/native/plan/program.ts';
import { noNative } from '../../support/native.ts';
import { distance, normalNumbers, runEager } from '../harness.ts';
import { programShapes, randomProgram } from '../programs.ts';
import { printPlan } from './print-plan.ts';
import { resultsOf, runInterpreter, runMachine, startOf } from './run-plan.ts';

const planOf = (fn: TensorFunction, shapes: Readonly<Record<string, Shape>>, state: readonly string[] = []): Plan =>
  makePlan(optimise(trace(fn, shapes)), state);

const print = (...of: Parameters<typeof planOf>): string => printPlan(planOf(...of));

describe('a plan', () => {
  it('computes a layer in one statement, and its backward mask in the next product', () => {
    const layer: TensorFunction = ({ x, w, b }) => {
      const hidden = (weights: tf.Tensor) =>
        tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D), b as tf.Tensor));
      const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) => tf.sum(tf.square(hidden(weights))))(
        w as tf.Tensor,
      );
      return { value, grad };
    };
    expect(print(layer, { x: [6, 2], w: [2, 8], b: [8] })).toMatchInlineSnapshot(`
      "arena  192 numbers
      input  x [6,2] @16
      input  w [2,8] @32
      input  b [8] @0
      product [6,8] = [6,2] @16(2,1) × [2,8] @32(8,1)
        @112(8,1) = max(0, (sum + @0(0,1)))
        @48(8,1) = and(greater(max(0, (sum + @0(0,1))), 0), (max(0, (sum + @0(0,1))) × 2))
      sum of [1,48] over all
        @96(0,0) = (@112(0,1) × @112(0,1))
      product [2,8] = [2,6] @16(1,2) × [6,8] @48(8,1)
        @112(8,1) = sum
      output value [] @96
      output grad [2,8] @112"
    `);
  });

  it('walks flat vectors once: an optimiser is one loop, in place', () => {
    const step: TensorFunction = ({ theta, momentum, x }) => {
      const next = tf.add(tf.mul(momentum as tf.Tensor, 0.5), x as tf.Tensor);
      return { momentum: next, theta: tf.sub(theta as tf.Tensor, tf.mul(next, 0.25)) };
    };
    expect(print(step, { theta: [20], momentum: [20], x: [20] }, ['theta', 'momentum'])).toMatchInlineSnapshot(`
      "arena  128 numbers
      input  theta [20] @64
      input  momentum [20] @0
      input  x [20] @32
      loop [1,20]
        @0(0,1) = ((@0(0,1) × 0.5) + @32(0,1))
        @64(0,1) = (@64(0,1) − (((@0(0,1) × 0.5) + @32(0,1)) × 0.25))
      output momentum [20] @0
      output theta [20] @64"
    `);
  });

  it('writes what is concatenated to its place, and reads slices where they lie', () => {
    const fn: TensorFunction = ({ x }) => {
      const [a, b] = tf.split(x as tf.Tensor, 2, 1) as [tf.Tensor, tf.Tensor];
      return { y: tf.matMul(tf.concat([tf.mul(a, 2), tf.add(b, a)], 1) as tf.Tensor2D, x as tf.Tensor2D, true) };
    };
    expect(print(fn, { x: [3, 4] })).toMatchInlineSnapshot(`
      "arena  80 numbers
      input  x [3,4] @0
      loop [3,2]
        @16(4,1) = (@0(4,1) × 2)
        @18(4,1) = (@2(4,1) + @0(4,1))
      product [4,4] = [4,3] @16(1,4) × [3,4] @0(4,1)
        @32(4,1) = sum
      output y [4,4] @32"
    `);
  });

  it('reads windows where they lie: pictures are padded as they are written, filters are turned once, gradients are products', () => {
    const critic: TensorFunction = ({ x, w, b }) => {
      const score = (filter: tf.Tensor) =>
        tf.sum(
          tf.square(
            tf.relu(tf.add(tf.conv2d(tf.mul(x as tf.Tensor4D, 2), filter as tf.Tensor4D, 2, 'same'), b as tf.Tensor)),
          ),
        );
      return { grad: tf.grad(score)(w as tf.Tensor) };
    };
    expect(print(critic, { x: [2, 4, 4, 1], w: [4, 4, 1, 8], b: [8] })).toMatchInlineSnapshot(`
      "arena  480 numbers
      input  x [2,4,4,1] @0
      input  w [4,4,1,8] @48
      input  b [8] @32
      loop [2,6]
        @176(36,1) = 0
      loop [2,6]
        @206(36,1) = 0
      loop [2,4]
        @182(36,6) = 0
      loop [2,4]
        @187(36,6) = 0
      loop [2,4,4]
        @183(36,6,1) = (@0(16,4,1) × 2)
      convolution [2,2,2,8] = @176(36,12,2,0)(6,1) × @48(0,1)(32,8) over [4,4]
        @256(32,16,8,1) = and(greater(max(0, (sum + @32(0,0,0,1))), 0), (max(0, (sum + @32(0,0,0,1))) × 2))
      convolution [4,4,8] = @176(6,1,0)(36,12,2) × @256(0,1)(32,16,8) over [2,2,2]
        @320(32,8,1) = sum
      output grad [4,4,1,8] @320"
    `);
    const generator =
      (channels: number): TensorFunction =>
      ({ z, w }) => ({
        x: tf.conv2dTranspose(z as tf.Tensor4D, w as tf.Tensor4D, [1, 4, 4, channels], 2, 'same'),
      });
    expect(print(generator(8), { z: [1, 2, 2, 8], w: [4, 4, 8, 8] })).toMatchInlineSnapshot(`
      "arena  2368 numbers
      input  z [1,2,2,8] @0
      input  w [4,4,8,8] @32
      loop [1,32]
        @1056(0,1) = 0
      loop [1,32]
        @1152(0,1) = 0
      loop [2,8]
        @1088(32,1) = 0
      loop [2,8]
        @1112(32,1) = 0
      loop [2,16]
        @1096(32,1) = @0(16,1)
      loop [16,8,8]
        @1184(64,8,1) = @32(64,1,8)
      convolution [2,2,8] = @1136(32,8,0)(-32,-8,1) × @1184(0,1)(512,128,8) over [2,2,8]
        @2248(64,16,1) = sum
      convolution [2,2,8] = @1128(32,8,0)(-32,-8,1) × @1248(0,1)(512,128,8) over [2,2,8]
        @2240(64,16,1) = sum
      convolution [2,2,8] = @1104(32,8,0)(-32,-8,1) × @1440(0,1)(512,128,8) over [2,2,8]
        @2216(64,16,1) = sum
      convolution [2,2,8] = @1096(32,8,0)(-32,-8,1) × @1504(0,1)(512,128,8) over [2,2,8]
        @2208(64,16,1) = sum
      output x [1,4,4,8] @2208"
    `);
    // Of few channels: what windows add to their places, then what every pixel has from its windows.
    expect(print(generator(3), { z: [1, 2, 2, 8], w: [4, 4, 3, 8] })).toMatchInlineSnapshot(`
      "arena  1600 numbers
      input  z [1,2,2,8] @384
      input  w [4,4,3,8] @0
      loop [8,48]
        @1184(48,1) = @0(1,8)
      loop [1,192]
        @416(0,1) = 0
      loop [1,192]
        @992(0,1) = 0
      loop [2,48]
        @608(192,1) = 0
      loop [2,48]
        @752(192,1) = 0
      convolution [2,2,48] = @384(16,8,0)(1) × @1184(0,1)(48) over [8]
        @656(192,48,1) = sum
      loop [2,2,3]
        @1199(24,6,1) = (((@896(192,48,1) + @854(192,48,1)) + @728(192,48,1)) + @686(192,48,1))
      loop [2,2,3]
        @1196(24,6,1) = (((@851(192,48,1) + @809(192,48,1)) + @683(192,48,1)) + @641(192,48,1))
      loop [2,2,3]
        @1187(24,6,1) = (((@716(192,48,1) + @674(192,48,1)) + @548(192,48,1)) + @506(192,48,1))
      loop [2,2,3]
        @1184(24,6,1) = (((@671(192,48,1) + @629(192,48,1)) + @503(192,48,1)) + @461(192,48,1))
      output x [1,4,4,3] @1184"
    `);
  });

  it('keeps the old state where it is read after the new one is written', () => {
    const step: TensorFunction = ({ a, b }) => ({ a: b as tf.Tensor, b: tf.add(a as tf.Tensor, 1) });
    const plan = planOf(step, { a: [2], b: [2] }, ['a', 'b']);
    checkPlan(plan);
    const arena = runInterpreter(plan, startOf(plan, { a: Float32Array.of(1, 2), b: Float32Array.of(3, 4) }));
    const state = resultsOf(plan.inputs, arena);
    expect([state.a?.numbers, state.b?.numbers]).toEqual([Float32Array.of(3, 4), Float32Array.of(2, 3)]);
  });

  it.skipIf(noNative)('computes random programs as tfjs does, emitted and interpreted to the same bytes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 12 }), (seed, length) => {
        const fn = randomProgram(seed, length);
        const plan = planOf(fn, programShapes);
        checkPlan(plan);
        const inputs = normalNumbers(programShapes, seed);
        const interpreted = runInterpreter(plan, startOf(plan, inputs));
        expect(resultsOf(plan.outputs, runMachine(plan, startOf(plan, inputs)))).toEqual(
          resultsOf(plan.outputs, interpreted),
        );
        expect(distance(resultsOf(plan.outputs, interpreted), runEager(fn, programShapes, inputs))).toBeLessThan(1e-5);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses by its name what it has no rule for', () => {
    const product: TensorFunction = ({ x }) => ({ y: tf.prod(x as tf.Tensor, 0) });
    expect(() => planOf(product, { x: [4, 2] })).toThrow('engine native: Prod is not covered; --engine onnx has it');
  });
});

describe('the check of a plan', () => {
  const plan = planOf(({ x }) => ({ y: tf.matMul(x as tf.Tensor2D, tf.relu(x as tf.Tensor2D)) }), { x: [4, 4] });
  const changed = (at: number, change: (offset: number) => number): Plan => ({
    ...plan,
    statements: plan.statements.map((statement, index) =>
      index === at
        ? {
            ...statement,
            body: {
              ...statement.body,
              stores: statement.body.stores.map(({ value, to }) => ({
                value,
                to: { ...to, offset: change(to.offset) },
              })),
            },
          }
        : statement,
    ),
  });

  it('accepts what planning makes', () => {
    expect(() => checkPlan(plan)).not.toThrow();
  });

  it('finds an address outside of the arena', () => {
    expect(() => checkPlan(changed(0, () => plan.size - 3))).toThrow('leaves the arena');
    expect(() => checkPlan(changed(0, () => -1))).toThrow('leaves the arena');
  });

  it('finds a read before its write', () => {
    expect(() => checkPlan(changed(0, (offset) => offset + 16))).toThrow(
      'internal: plan, statement 1 (product): @16 + 16×1 is read before it is written',
    );
    expect(() => checkPlan({ ...plan, statements: [] })).toThrow('output y is not written');
  });

  it('finds a product that overwrites its operands', () => {
    const { offset } = plan.inputs[0] ?? { offset: 0 };
    expect(() => checkPlan({ ...changed(1, () => offset), outputs: [] })).toThrow('is written while');
  });

  it('finds two buffers in one place at one time', () => {
    const buffers = [...plan.buffers, { offset: 1, size: 2, first: 0, last: 1 }];
    expect(() => checkPlan({ ...plan, buffers })).toThrow('live at one time in one place');
  });
});
