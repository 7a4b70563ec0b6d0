import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { printGraph } from './print.ts';

it('prints a program one value a line: inputs, constants, nodes with their attributes, results', () => {
  const graph = trace(
    ({ x, w }) => {
      const [left, right] = tf.split(tf.matMul(x as tf.Tensor, w as tf.Tensor), 2, 1);
      return { y: tf.mul(left as tf.Tensor, 0.5), z: tf.add(right as tf.Tensor, tf.tensor([1, 2])) };
    },
    { x: [3, 2], w: [2, 4] },
  );
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "input  %0 x: float32[3,2]
    input  %1 w: float32[2,4]
    const  %2: float32[] = 0.5
    const  %3: float32[2] = [1, 2]
    %4: float32[3,4] = BatchMatMul(%0, %1, transposeA=false, transposeB=false)
    %5: float32[3,2], %6: float32[3,2] = SplitV(%4, numOrSizeSplits=2, axis=1)
    %7: float32[3,2] = Multiply(%5, %2)
    %8: float32[3,2] = Add(%6, %3)
    return y = %7
    return z = %8"
  `);
});

it('numbers values by their place, so that equal programs print alike', () => {
  const program = (x: tf.Tensor) => ({ y: tf.neg(tf.exp(x)) });
  const plain = trace(({ x }) => program(x as tf.Tensor), { x: [2] });
  const detour = trace(
    ({ x }) => {
      tf.scalar(3); // a constant more, which gets an id of its own
      return program(x as tf.Tensor);
    },
    { x: [2] },
  );
  expect(printGraph({ ...detour, constants: new Map() })).toBe(printGraph(plain));
});

it('shortens long constants', () => {
  const graph = trace(
    ({ x }) => ({ y: tf.add(x as tf.Tensor, tf.tensor(Array.from({ length: 20 }, (_, index) => index))) }),
    { x: [20] },
  );
  expect(printGraph(graph)).toContain('= [0, 1, 2, 3, 4, 5, 6, 7, … 20 numbers]');
});
