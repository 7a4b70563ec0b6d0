import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { eagerEngine } from '../../../src/engine/tfjs/tfjs-engine.ts';

it('tfjs says nothing on the terminal, whichever engine is used first', async () => {
  const said = (['warn', 'log', 'error', 'info'] as const).map((name) => vi.spyOn(console, name));
  const double = ({ x }: Readonly<Record<string, tf.Tensor>>) => ({ y: tf.mul(x as tf.Tensor, 2) });
  trace(double, { x: [2] });
  for (const backend of ['cpu', 'wasm']) {
    const step = await (await eagerEngine(backend)).prepare(double, { state: {}, inputs: { x: [2] } });
    expect(await step.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(2, 4) });
  }
  expect(said.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
