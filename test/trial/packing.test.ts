/** A discriminator that looks at m examples at once: what it sees, what probes and exported files show, and that it trains. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import { openSession, tensor } from '../../src/engine/onnx/session.ts';
import { eagerEngine } from '../../src/engine/tfjs/tfjs-engine.ts';
import { exportNetworks } from '../../src/trial/outputs/export.ts';
import { normalNumbers } from '../engine/harness.ts';
import { defaultsOf, makeModel, methods, trainingStep } from '../support/methods.ts';

const latent = { kind: 'uniform', dim: 2, low: -1, high: 1 } as const;
const mlp = { kind: 'mlp', hidden: [5], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' } as const;
const dcgan = { kind: 'dcgan', width: 2 } as const;
const optimiser = { kind: 'adam', rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const;

const numbers = (values: tf.Tensor) => [...values.dataSync()];

describe.each([
  ['points', mlp, [3]],
  ['pictures', dcgan, [8, 8, 2]],
] as const)('of %s', (_, nets, shape) => {
  const model = makeModel({ nets, latent }, methods.bigan, shape, 2);
  const first = model.initialise(5);
  const at = (count: number) => ({
    x: tf.tensor(normalNumbers({ x: [count, ...shape] }, 3).x as Float32Array, [count, ...shape]),
    z: tf.tensor(normalNumbers({ z: [count, 2] }, 4).z as Float32Array, [count, 2]),
  });

  it('two in a row share a logit, and only they move it', () => {
    const logits = (pair: { x: tf.Tensor; z: tf.Tensor }) =>
      model.bindDiscriminator(tf.tensor1d(first.discriminator))(pair);
    const pair = at(6);
    const whole = logits(pair);
    expect(whole.shape).toEqual([3, 1]);
    const rest = (t: tf.Tensor) => t.slice([2, ...t.shape.slice(1).map(() => 0)], [4, ...t.shape.slice(1)]);
    const part = logits({ x: rest(pair.x), z: rest(pair.z) });
    expect(numbers(part)).toEqual(numbers(whole).slice(1));
  });

  it('a probe shows every example twice, and gives a logit a row', () => {
    const discriminator = tf.tensor1d(first.discriminator);
    const pair = at(3);
    const shown = model.bindCopies(discriminator)(pair);
    const twice = (t: tf.Tensor) => tf.concat(t.split(t.shape[0] ?? 1).flatMap((row) => [row, row]));
    const packed = model.bindDiscriminator(discriminator)({ x: twice(pair.x), z: twice(pair.z) });
    expect(shown.shape).toEqual([3, 1]);
    expect(numbers(shown)).toEqual(numbers(packed));
  });

  it('the exported discriminator rates as the probe does', async () => {
    const files = exportNetworks(model, first, { latent: 2, scale: 1 });
    const session = await openSession(files['discriminator.onnx'] as Uint8Array, 'cpu');
    const pair = at(3);
    const { logit } = await session.run({
      x: tensor(pair.x.dataSync() as Float32Array, pair.x.shape),
      z: tensor(pair.z.dataSync() as Float32Array, pair.z.shape),
    });
    const shown = numbers(model.bindCopies(tf.tensor1d(first.discriminator))(pair));
    const exported = Array.from((logit as Tensor).data as Float32Array);
    for (const [index, value] of shown.entries()) expect(exported[index]).toBeCloseTo(value, 5);
  });

  it('trains on the compiled engine as on tfjs itself', async () => {
    const settings = {
      ...defaultsOf(methods.bigan),
      training: { steps: 2, batch: 4, optimiser, average: 0.9 },
      latent,
    };
    const step = trainingStep(methods.bigan, model, settings);
    const run = async (engine: ReturnType<typeof compiledEngine>): Promise<Arrays> => {
      const prepared = await engine.prepare(step.fn, step.signature);
      prepared.load(step.initialState(3));
      for (const seed of [5, 6]) await prepared.run(normalNumbers(step.signature.inputs, seed, 0.5));
      const state = Object.fromEntries(
        Object.entries(prepared.state()).map(([name, values]) => [name, values.slice()]),
      );
      await prepared.dispose();
      return state;
    };
    const [compiled, eager] = [await run(compiledEngine('cpu')), await run(await eagerEngine('cpu'))];
    for (const [name, values] of Object.entries(eager))
      for (const [index, value] of values.entries()) expect(compiled[name]?.[index]).toBeCloseTo(value, 4);
  });
});
