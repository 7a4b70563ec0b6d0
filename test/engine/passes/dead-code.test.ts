import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { dropDeadCode } from '../../../src/engine/passes/dead-code.ts';
import { printGraph } from '../graph/print.ts';

it('drops what no output needs, chains and constants included, and keeps every input', () => {
  const graph = trace(
    ({ x, unused }) => {
      tf.exp(tf.mul(unused as tf.Tensor, 3));
      const [first] = tf.split(x as tf.Tensor, 2);
      return { y: tf.neg(first as tf.Tensor) };
    },
    { x: [2], unused: [2] },
  );
  expect(printGraph(dropDeadCode(graph))).toMatchInlineSnapshot(`
    "input  %0 x: float32[2]
    input  %1 unused: float32[2]
    %2: float32[1], %3: float32[1] = SplitV(%0, numOrSizeSplits=2, axis=0)
    %4: float32[1] = Neg(%2)
    return y = %4"
  `);
});
