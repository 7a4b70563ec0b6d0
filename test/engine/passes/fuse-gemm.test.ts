import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Shapes, type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import { lower } from '../../../src/engine/lower/lower.ts';
import { dropDeadCode } from '../../../src/engine/passes/dead-code.ts';
import { fuseGemm } from '../../../src/engine/passes/fuse-gemm.ts';
import { printGraph } from '../graph/print.ts';
import { distance, normalNumbers, runEager, runOnnx } from '../harness.ts';

type Named = Readonly<Record<string, tf.Tensor>>;
const product = ({ a, b }: Named) => tf.matMul(a as tf.Tensor, b as tf.Tensor);
const shapes: Shapes = { a: [3, 4], b: [4, 5], row: [5], whole: [3, 5], column: [3, 1], stack: [2, 3, 5] };
const named = (t: Named, name: string) => t[name] as tf.Tensor;
const fuse = (fn: TensorFunction) => dropDeadCode(fuseGemm(lower(trace(fn, shapes))));
const opsOf = (fn: TensorFunction) => fuse(fn).nodes.map(({ op }) => op);

it('takes a bias into the product', () => {
  const graph = fuse((t) => ({ y: tf.add(product(t), named(t, 'row')) }));
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "input  %0 a: float32[3,4]
    input  %1 b: float32[4,5]
    input  %2 row: float32[5]
    input  %3 whole: float32[3,5]
    input  %4 column: float32[3,1]
    input  %5 stack: float32[2,3,5]
    %6: float32[3,5] = Gemm(%0, %1, %2)
    return y = %6"
  `);
});

describe('which addends', () => {
  it.each<[string, TensorFunction]>([
    ['a row', (t) => ({ y: tf.add(product(t), named(t, 'row')) })],
    ['a row before the product', (t) => ({ y: tf.add(named(t, 'row'), product(t)) })],
    ['a column', (t) => ({ y: tf.add(product(t), named(t, 'column')) })],
    ['a number', (t) => ({ y: tf.add(product(t), 2) })],
    ['a tensor of the same shape', (t) => ({ y: tf.add(named(t, 'whole'), product(t)) })],
  ])('%s', async (_, fn) => {
    expect(opsOf(fn)).toEqual(['Gemm']);
    const inputs = normalNumbers(shapes, 1);
    expect(distance(await runOnnx(fuse(fn), inputs), runEager(fn, shapes, inputs))).toBeLessThan(1e-6);
  });

  it('but none that makes the sum larger than the product', () => {
    expect(opsOf((t) => ({ y: tf.add(product(t), named(t, 'stack')) }))).toEqual(['MatMul', 'Add']);
  });

  it('and a product that is used otherwise stays a product', () => {
    expect(
      opsOf((t) => {
        const value = product(t);
        return { y: tf.add(value, named(t, 'row')), z: tf.exp(value) };
      }),
    ).toEqual(['MatMul', 'Add', 'Exp']);
  });
});

it('accumulates sums of products, as gradients of shared weights are, with their transposes', async () => {
  const fn: TensorFunction = (t) => {
    const [a, b, whole] = [named(t, 'a'), named(t, 'b'), named(t, 'whole')];
    return { y: tf.add(tf.matMul(a, whole, true), tf.matMul(b, tf.matMul(whole, whole, true))) };
  };
  expect(opsOf(fn).toSorted()).toEqual(['Gemm', 'Gemm', 'MatMul']);
  const inputs = normalNumbers(shapes, 2);
  expect(distance(await runOnnx(fuse(fn), inputs), runEager(fn, shapes, inputs))).toBeLessThan(1e-6);
});
