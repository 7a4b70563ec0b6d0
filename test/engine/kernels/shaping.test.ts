import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/engine/graph/graph.ts';
import { type KernelOps, kernelTypes } from '../../../src/engine/kernels/registry.ts';
import { lower } from '../../../src/engine/lower/lower.ts';
import { distance, distinctNumbers, runEager, runOnnx } from '../harness.ts';
import { testKernels } from './kernel-case.ts';
import { shapingCases } from './shaping.cases.ts';

testKernels(shapingCases);

it('BroadcastTo, which tfjs writes as tiles and only our passes emit, spreads as tfjs does', async () => {
  for (const [from, to] of [
    [[], [2, 3]],
    [[3], [2, 3]],
    [
      [2, 1, 3],
      [2, 4, 3],
    ],
  ] as const) {
    const builder = new GraphBuilder<KernelOps>();
    const x = builder.input('x', { shape: from, dtype: 'float32' });
    const types = kernelTypes('BroadcastTo', [x], { shape: to });
    expect(types).toEqual([{ shape: to, dtype: 'float32' }]);
    const [y] = builder.node('BroadcastTo', [x], { shape: to }, types);
    if (!y) throw new Error('no output');
    const inputs = distinctNumbers({ x: from }, 1);
    const expected = runEager(({ x }) => ({ y: tf.broadcastTo(x as tf.Tensor, [...to]) }), { x: from }, inputs);
    expect(distance(await runOnnx(lower(builder.finish([['y', y]])), inputs), expected)).toBe(0);
  }
});
