/** The compiled engine on WebGPU, on a software Vulkan: what it computes, where its state stays, what it refuses. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorFunction } from '../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import { isLong } from '../support/long.ts';
import { defaultsOf, makeModel, methods, trainingStep } from '../support/methods.ts';
import { normalNumbers } from './harness.ts';
import { swiftshaderIcd, whyNoSwiftshader } from './swiftshader.ts';

const icd = swiftshaderIcd();
/** Shaders are compiled for each of them, which takes a processor seconds. */
const patience = 120_000;

describe.skipIf(icd === undefined)(`on WebGPU${whyNoSwiftshader}`, () => {
  beforeAll(() => {
    // Vulkan's loader looks when the first device is asked for.
    process.env.VK_ICD_FILENAMES = icd;
  });

  it('state goes from step to step on the device, and can be read, loaded and left', {
    timeout: patience,
  }, async () => {
    const fn: TensorFunction = ({ total, last, x }) => ({
      total: tf.add(total as tf.Tensor, x as tf.Tensor),
      last: tf.add(x as tf.Tensor, tf.mul(last as tf.Tensor, 0)),
      twice: tf.mul(x as tf.Tensor, 2),
    });
    const signature = { state: { total: [2], last: [2] }, inputs: { x: [2] } };
    const step = await compiledEngine('webgpu').prepare(fn, signature);
    const start = { total: Float32Array.of(1, 10), last: new Float32Array(2) };
    step.load(start);
    expect(step.state()).toEqual(start);
    expect(await step.run({ x: Float32Array.of(1, 2) })).toEqual({ twice: Float32Array.of(2, 4) });
    await step.run({ x: Float32Array.of(1, 3) });
    const saved = step.state();
    expect(saved).toEqual({ total: Float32Array.of(3, 15), last: Float32Array.of(1, 3) });
    await step.run({ x: Float32Array.of(5, 5) });
    step.load(saved);
    saved.total?.fill(99);
    const outputs = await step.run({ x: Float32Array.of(0.5, 0.25) });
    expect(step.state()).toEqual({ total: Float32Array.of(3.5, 15.25), last: Float32Array.of(0.5, 0.25) });
    expect(outputs).toEqual({ twice: Float32Array.of(1, 0.5) });
    expect(() => step.load({})).toThrow('internal: the state that is loaded lacks total');
    await step.dispose();
  });

  it('a vector is split into more parts than a shader binds buffers', { timeout: patience }, async () => {
    const sizes = Array.from({ length: 60 }, (_, index) => 1 + (index % 3));
    const fn: TensorFunction = ({ x }) => ({
      y: tf.concat(
        tf
          .split(x as tf.Tensor, sizes)
          .map((part, index) => tf.mul(part, index))
          .toReversed(),
      ),
    });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const x = normalNumbers({ x: [total] }, 4);
    const run = async (device: 'cpu' | 'webgpu') => {
      const step = await compiledEngine(device).prepare(fn, { state: {}, inputs: { x: [total] } });
      const { y } = await step.run(x);
      await step.dispose();
      return y;
    };
    expect(await run('webgpu')).toEqual(await run('cpu'));
  });

  it('an operator that the device lacks is not run on the processor', async () => {
    const fn: TensorFunction = ({ x }) => ({ y: tf.sign(x as tf.Tensor) });
    const signature = { state: {}, inputs: { x: [2] } };
    await expect(compiledEngine('webgpu').prepare(fn, signature)).rejects.toThrow(
      'the device webgpu lacks an operator of this program; the device cpu has all',
    );
  });

  // A software GPU compiles its shaders for twenty seconds.
  it.skipIf(!isLong)('convolutional steps are those of the processor', { timeout: patience }, async () => {
    const expected = await trainPictures('cpu');
    const actual = await trainPictures('webgpu');
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, numbers] of Object.entries(expected)) {
      const scale = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 1);
      const furthest = numbers.reduce(
        (most, number, at) => Math.max(most, Math.abs(number - (actual[name]?.[at] ?? Number.NaN)) / scale),
        0,
      );
      expect(furthest, name).toBeLessThan(4e-6);
    }
  });
});

/** Two steps of bigan-pgp's DCGANs on 16 px: batch normalisation, transposed convolutions, second derivatives. */
async function trainPictures(device: 'cpu' | 'webgpu'): Promise<Arrays> {
  const latent = { kind: 'uniform', dim: 3, low: -1, high: 1 } as const;
  // An ε that leaves a step smooth in the gradient: with 1e-8 Adam magnifies rounding at will.
  const optimiser = { kind: 'adam', rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const;
  const model = makeModel({ nets: { kind: 'dcgan', width: 2 }, latent }, methods['bigan-pgp'], [16, 16, 3]);
  const { fn, signature, initialState } = trainingStep(methods['bigan-pgp'], model, {
    ...defaultsOf(methods['bigan-pgp']),
    training: { steps: 2, batch: 3, optimiser, average: 0.9 },
    latent,
  });
  const step = await compiledEngine(device).prepare(fn, signature);
  step.load(initialState(3));
  let logs: Arrays = {};
  for (const seed of [5, 6]) logs = await step.run(normalNumbers(signature.inputs, seed, 0.5));
  const result = { ...step.state(), ...logs };
  await step.dispose();
  return result;
}
