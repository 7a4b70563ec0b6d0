/** Networks as files: any number of examples, and what tfjs gives for them. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import type { TensorFunction } from '../../src/engine/capture/tracer.ts';
import { openSession, tensor } from '../../src/engine/onnx/session.ts';
import { dcganNets as dcgan } from '../../src/nets/dcgan.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import { runningStatistics } from '../../src/nets/statistics.ts';
import { normalNumbers, runEager } from '../engine/harness.ts';

const nets = dcgan({ width: 3 }, { shape: [16, 16, 3], latent: 3, noise: 0, sees: { x: true, z: true }, packing: 1 });
const parametersOf = (net: {
  layout: (typeof nets)['generator']['layout'];
  initialise: (typeof nets)['generator']['initialise'];
}) => {
  const numbers = net.initialise(stream(1, 'initialisation'));
  return () => unflatten(tf.tensor1d(numbers), net.layout);
};
const kept = ({ statistics }: (typeof nets)['generator']) =>
  runningStatistics(statistics.shapes.map(([channels = 0], index) => tf.fill([channels], index % 2 ? 1.5 : 0.1)));
const [g, e, d] = [parametersOf(nets.generator), parametersOf(nets.encoder), parametersOf(nets.discriminator)];
const [x, z] = [[16, 16, 3], [3]];

/** Channels, latent and sizes of 3, too: a file may not take them for the batch. */
const networks: Readonly<Record<string, [Record<string, number[]>, TensorFunction]>> = {
  generator: [{ z }, (t) => ({ x: nets.generator.apply(g(), t.z as tf.Tensor, kept(nets.generator)) })],
  encoder: [{ x }, (t) => ({ z: nets.encoder.apply(e(), t.x as tf.Tensor, kept(nets.encoder)) })],
  discriminator: [
    { x, z },
    (t) => ({ logit: nets.discriminator.apply(d(), { x: t.x as tf.Tensor, z: t.z as tf.Tensor }) }),
  ],
};

describe.each(Object.entries(networks))('%s', (_, [inputs, fn]) => {
  it.each([1, 3, 4, 11])('gives for %d examples what tfjs gives', async (batch) => {
    const shapes = Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, [batch, ...shape]]));
    const numbers = normalNumbers(shapes, batch);
    const session = await openSession(networkFile(inputs, fn), 'cpu');
    const results = await session.run(
      Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [name, tensor(numbers[name] ?? new Float32Array(), shape)]),
      ),
    );
    await session.release();
    for (const [name, expected] of Object.entries(runEager(fn, shapes, numbers))) {
      expect(results[name]?.dims).toEqual(expected.shape);
      const found = results[name]?.data as Float32Array; // float32, as all here
      expected.numbers.forEach((value, index) => void expect(found[index]).toBeCloseTo(value, 4));
    }
  });
});

it('a network that mixes its examples is our fault', () => {
  const mixing: TensorFunction = (t) => ({ y: tf.matMul(t.x as tf.Tensor, tf.ones([4, 2])).reshape([-1]) });
  expect(() => networkFile({ x: [4] }, mixing)).toThrow(/^internal: a network mixes its examples/);
});
