/** Residual nets: shapes of all sizes, parameters counted by hand, blocks that begin as the identity. */
import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { residual, sequence } from '../../src/nets/layers.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { resnetNets } from '../../src/nets/resnet.ts';
import { batchStatistics } from '../../src/nets/statistics.ts';

beforeAll(() => tf.setBackend('cpu'));

const make = (size: number, channels: number, width: number, noise = 0) =>
  resnetNets({ width }, { shape: [size, size, channels], latent: 5, noise, sees: { x: true, z: true }, packing: 1 });
const random = () => stream(2, 'initialisation');

it.each([28, 32])('of %d px G gives pictures, E latents, D logits, and none of them normalises', (size) => {
  tf.tidy(() => {
    const { generator, encoder, discriminator } = make(size, 3, 2);
    const [g, e, d] = [generator, encoder, discriminator].map((net) =>
      unflatten(tf.tensor1d(net.initialise(random())), net.layout),
    );
    if (!g || !e || !d) throw new Error('three nets were made');
    const pictures = generator.apply(g, tf.randomNormal([2, 5], 0, 1, 'float32', 7), batchStatistics());
    expect(pictures.shape).toEqual([2, size, size, 3]);
    expect(tf.max(tf.abs(pictures)).dataSync()[0]).toBeGreaterThan(0.01);
    const z = encoder.apply(e, pictures, batchStatistics());
    expect(z.shape).toEqual([2, 5]);
    expect(discriminator.apply(d, { x: pictures, z }).shape).toEqual([2, 1]);
    for (const net of [generator, encoder]) expect(net.statistics.size).toBe(0);
  });
});

it('have as many parameters as one counts by hand', () => {
  // 28 px: sides 28, 14, 7, channels 3, 4, 8; 7 · 7 · 8 = 392 numbers at the bottom.
  const { generator, encoder, discriminator } = make(28, 3, 4);
  const block = (channels: number) => 2 * (9 * channels * channels + channels);
  expect(generator.layout.size).toBe(5 * 392 + 392 + block(8) + (16 * 8 * 4 + 4) + block(4) + (16 * 4 * 3 + 3));
  const down = 16 * 3 * 4 + 4 + block(4) + (16 * 4 * 8 + 8) + block(8);
  expect(encoder.layout.size).toBe(down + 392 * 5 + 5);
  expect(discriminator.layout.size).toBe(down + (392 + 5) * 8 + 8 + 8 + 1);
  // ε comes as channels of the picture
  expect(make(28, 3, 4, 2).encoder.layout.size).toBe(down + 16 * 2 * 4 + 392 * 5 + 5);
});

it('blocks begin as the identity, the first of their two convolutions smaller the more blocks there are', () => {
  const [one, four] = [1, 4].map((blocks) => sequence([residual(3, 0.2, blocks)]).initialise(random()));
  const size = 9 * 3 * 3;
  expect(one?.subarray(size).every((value) => value === 0)).toBe(true);
  expect([...(four ?? [])]).toEqual([...(one ?? [])].map((value) => value / 2));
  tf.tidy(() => {
    const block = sequence([residual(3, 0.2, 4)]);
    const x = tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 7);
    const made = block.apply(unflatten(tf.tensor1d(four ?? []), block.layout), x, batchStatistics());
    expect([...made.dataSync()]).toEqual([...x.dataSync()]);
  });
});
