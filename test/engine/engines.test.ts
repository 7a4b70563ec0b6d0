/** The contract that every engine keeps. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorFunction } from '../../src/engine/capture/tracer.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { prepareAnywhere } from '../../src/engine/engines.ts';
import { nativeEngine } from '../../src/engine/native/native-engine.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import { eagerEngine } from '../../src/engine/tfjs/tfjs-engine.ts';
import { noNative } from '../support/native.ts';

/** A running sum, and twice of what was added last. */
const fn: TensorFunction = ({ total, x }) => ({
  total: tf.add(total as tf.Tensor, x as tf.Tensor),
  twice: tf.mul(x as tf.Tensor, 2),
});
const signature = { state: { total: [2] }, inputs: { x: [2] } } as const;

describe.each<[string, () => Promise<Engine>]>([
  ['compiled, cpu', async () => compiledEngine('cpu')],
  ...(noNative ? [] : [['machine code', () => nativeEngine()] as [string, () => Promise<Engine>]]),
  ['eager, cpu', () => eagerEngine('cpu')],
  ['eager, wasm', () => eagerEngine('wasm')],
])('%s', (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  const prepare = async (repeat?: number) => {
    const step = await engine.prepare(fn, signature, repeat === undefined ? {} : { repeat });
    step.load({ total: Float32Array.of(1, 10) });
    return step;
  };

  it('goes from state to state', async () => {
    const step = await prepare();
    expect(await step.run({ x: Float32Array.of(1, 2) })).toEqual({ twice: Float32Array.of(2, 4) });
    await step.run({ x: Float32Array.of(1, 2) });
    expect(step.state()).toEqual({ total: Float32Array.of(3, 14) });
    await step.dispose();
  });

  it('runs several steps at once, each on a batch of its own', async () => {
    const step = await prepare(3);
    const outputs = await step.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(outputs).toEqual({ twice: Float32Array.of(10, 12) });
    expect(step.state()).toEqual({ total: Float32Array.of(10, 22) });
    await step.dispose();
  });

  it('goes on from a state that is loaded as if it had never stopped', async () => {
    const [whole, parted] = [await prepare(), await prepare()];
    const batch = (index: number) => ({ x: Float32Array.of(0.1 * index, 1 / (index + 1)) });
    for (let index = 0; index < 4; index++) await whole.run(batch(index));
    for (let index = 0; index < 2; index++) await parted.run(batch(index));
    const saved = parted.state();
    await parted.run(batch(9));
    parted.load(saved);
    for (let index = 2; index < 4; index++) await parted.run(batch(index));
    expect(parted.state()).toEqual(whole.state());
    await Promise.all([whole.dispose(), parted.dispose()]);
  });

  it('keeps no array of the caller, and gives none of its own state away', async () => {
    const step = await prepare();
    const [start, x] = [Float32Array.of(5, 6), Float32Array.of(1, 1)];
    step.load({ total: start });
    start.fill(99);
    await step.run({ x });
    x.fill(99);
    step.state().total?.fill(99);
    await step.run({ x: Float32Array.of(1, 1) });
    expect(step.state()).toEqual({ total: Float32Array.of(7, 8) });
    await step.dispose();
  });

  it('leaves outputs valid until the next run', async () => {
    const step = await prepare();
    const outputs = await step.run({ x: Float32Array.of(3, 4) });
    step.load({ total: Float32Array.of(0, 0) });
    step.state();
    expect(outputs.twice).toEqual(Float32Array.of(6, 8));
    await step.dispose();
  });

  it('refuses a state and a batch that do not fit', async () => {
    const step = await prepare();
    expect(() => step.load({})).toThrow('the state that is loaded lacks total');
    await expect(step.run({ x: new Float32Array(1) })).rejects.toThrow('internal: input x has');
    await step.dispose();
  });
});

describe('a compiled step', () => {
  it('is traced once, however often it runs', async () => {
    let calls = 0;
    const counted: TensorFunction = (tensors) => {
      calls++;
      return fn(tensors);
    };
    const step = await compiledEngine('cpu').prepare(counted, signature, { repeat: 2 });
    for (let index = 0; index < 3; index++) await step.run({ x: new Float32Array(4) });
    expect(calls).toBe(1);
    await step.dispose();
  });

  it('must return its state, in its shape', async () => {
    const engine = compiledEngine('cpu');
    await expect(engine.prepare(({ x }) => ({ y: x as tf.Tensor }), signature)).rejects.toThrow(
      'a step must return its state: total is float32[2], returned nothing',
    );
    await expect(engine.prepare(({ x }) => ({ total: tf.sum(x as tf.Tensor) }), signature)).rejects.toThrow(
      'a step must return its state: total is float32[2], returned float32[]',
    );
  });

  it('says what capturing and compiling took', async () => {
    const { timings } = await compiledEngine('cpu').prepare(fn, signature);
    expect(timings.capture).toBeGreaterThan(0);
    expect(timings.compile).toBeGreaterThan(0);
  });
});

it.skipIf(noNative)(
  'a program that machine code has no way to write is not covered there, and runs elsewhere',
  async () => {
    // Matrices of ten widths in one sum: their rows lie apart in more ways than there are registers.
    const inputs = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`x${at}`, [4, 9 + at]]));
    const sum: TensorFunction = (tensors) => ({
      y: tf.addN(Object.values(tensors).map((x) => tf.slice(x as tf.Tensor2D, [0, 0], [4, 8]))),
    });
    const reason = expect.stringMatching(/^engine native: this program \(the places of .+ registers\) is not covered$/);
    await expect((await nativeEngine()).prepare(sum, { state: {}, inputs })).rejects.toMatchObject({ reason });
    const step = await prepareAnywhere(sum, { state: {}, inputs });
    const ones = Object.fromEntries(
      Object.entries(inputs).map(([name, [, width = 0]]) => [name, new Float32Array(4 * width).fill(1)]),
    );
    expect(await step.run(ones)).toEqual({ y: new Float32Array(32).fill(10) });
    await step.dispose();
  },
);

it('an unknown tfjs backend is named', async () => {
  await expect(eagerEngine('abacus')).rejects.toThrow('abacus');
});
