/** Convolutional nets: shapes of all sizes, parameters counted by hand, ranges, and weights that methods share. */
import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { dcganNets as dcgan } from '../../src/nets/dcgan.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { batchStatistics } from '../../src/nets/statistics.ts';
import { makeModel, methods } from '../support/methods.ts';

beforeAll(() => tf.setBackend('cpu'));

const both = { x: true, z: true };
const make = (size: number, channels: number, width: number, latent: number, sees = both) =>
  dcgan({ width }, { shape: [size, size, channels], latent, noise: 0, sees, packing: 1 });
const random = () => stream(2, 'initialisation');
const largest = (tensor: tf.Tensor) => Math.max(...Array.from(tensor.dataSync(), Math.abs));

describe.each([28, 32, 64, 128])('%d px', (size) => {
  it.each([1, 3])('with %d channels: G gives pictures, E latents, D logits, within their ranges', (channels) => {
    tf.tidy(() => {
      const { generator, encoder, discriminator } = make(size, channels, 1, 5);
      const [g, e, d] = [generator, encoder, discriminator].map((net) =>
        unflatten(tf.tensor1d(net.initialise(random())), net.layout),
      );
      if (!g || !e || !d) throw new Error('three nets were made');
      // Far out: what is squashed stays within (−1, 1) all the same, in the rounding of float32.
      const pictures = generator.apply(g, tf.randomNormal([2, 5], 0, 3, 'float32', 7), batchStatistics());
      expect(pictures.shape).toEqual([2, size, size, channels]);
      expect(largest(pictures)).toBeLessThanOrEqual(1);
      expect(largest(pictures)).toBeGreaterThan(0.01);
      const z = encoder.apply(e, pictures, batchStatistics());
      expect(z.shape).toEqual([2, 5]);
      expect(largest(z)).toBeLessThanOrEqual(1);
      expect(largest(z)).toBeGreaterThan(0.01);
      expect(discriminator.apply(d, { x: pictures, z }).shape).toEqual([2, 1]);
    });
  });
});

describe('parameters', () => {
  // 32 px: sides 32, 16, 8, 4, channels 3, 4, 8, 16; 4 · 4 · 16 = 256 numbers at the bottom.
  const { generator, encoder, discriminator } = make(32, 3, 4, 5);

  it('are as many as one counts by hand', () => {
    // dense 5 · 256 + 256, norm 2 · 16, 16 · 16 · 8, norm 2 · 8, 16 · 8 · 4, norm 2 · 4, 16 · 4 · 3 + 3
    expect(generator.layout.size).toBe(1_536 + 32 + 2_048 + 16 + 512 + 8 + 195);
    // 16 · 3 · 4, norm, 16 · 4 · 8, norm, 16 · 8 · 16, norm, 256 · 5 + 5
    expect(encoder.layout.size).toBe(192 + 8 + 512 + 16 + 2_048 + 32 + 1_285);
    // the same with biases and without norms, then (256 + 5) · 16 + 16 and 16 + 1
    expect(discriminator.layout.size).toBe(192 + 4 + (512 + 8) + (2_048 + 16) + 4_192 + 17);
    expect(make(32, 3, 4, 5, { x: true, z: false }).discriminator.layout.size).toBe(196 + 520 + 2_064 + 4_112 + 17);
    expect(make(32, 3, 4, 5, { x: false, z: true }).discriminator.layout.size).toBe(5 * 16 + 16 + 17);
  });

  it('of G and E have moments for every normalisation', () => {
    expect(generator.statistics.shapes).toEqual([[16], [16], [8], [8], [4], [4]]);
    expect(encoder.statistics.shapes).toEqual([[4], [4], [8], [8], [16], [16]]);
  });

  it('double their channels with every halving, up to eightfold', () => {
    const filters = make(128, 1, 2, 3).discriminator.layout.shapes.filter(({ length }) => length === 4);
    expect(filters.map((shape) => shape.slice(2))).toEqual([
      [1, 2],
      [2, 4],
      [4, 8],
      [8, 16],
      [16, 16],
    ]);
  });

  it('are drawn within the bounds of Glorot, layer by layer, and fill the layout', () => {
    for (const net of [generator, encoder, discriminator]) {
      const parameters = net.initialise(random());
      expect(parameters.length).toBe(net.layout.size);
      for (const tensor of tf.tidy(() => unflatten(tf.tensor1d(parameters), net.layout).map((part) => part.clone()))) {
        if (tensor.shape.length === 1) continue;
        const [inputs = 1, outputs = 1] = tensor.shape.slice(-2);
        const bound = Math.sqrt(6 / ((inputs + outputs) * (tensor.shape.length === 4 ? 16 : 1)));
        expect(largest(tensor)).toBeLessThanOrEqual(Math.fround(bound));
        expect(largest(tensor)).toBeGreaterThan(0.6 * bound); // the smallest has 16 numbers
        tensor.dispose();
      }
    }
  });
});

describe('first weights', () => {
  const shape = [16, 16, 1];
  const spec = {
    nets: { kind: 'dcgan', width: 2 },
    latent: { kind: 'split', classes: 2, dim: 4, low: -1, high: 1 },
  } as const;
  const of = (name: MethodName, seed = 3) => {
    const model = makeModel(spec, methods[name], shape);
    const { discriminator, players, statistics } = model.initialise(seed);
    return {
      discriminator,
      statistics,
      generator: model.part('generator', players),
      encoder: model.part('encoder', players),
    };
  };

  it('of a net are the same for every method of a seed', () => {
    for (const name of ['wgan', 'wgan-gp', 'guided', 'bigan', 'bigan-l2', 'bigan-pgp'] as const)
      expect(of(name).generator).toEqual(of('gan').generator);
    for (const name of ['bigan-l2', 'bigan-pgp', 'encoder-only'] as const)
      expect(of(name).encoder).toEqual(of('bigan').encoder);
    for (const name of ['wgan', 'wgan-gp', 'guided'] as const)
      expect(of(name).discriminator).toEqual(of('gan').discriminator);
    for (const name of ['bigan-l2', 'bigan-pgp'] as const)
      expect(of(name).discriminator).toEqual(of('bigan').discriminator);
  });

  it('of D on pairs begin as those of D on pictures: the towers are the same', () => {
    const tower = 16 * 2 + 2 + (16 * 2 * 4 + 4);
    expect(of('bigan').discriminator.subarray(0, tower)).toEqual(of('gan').discriminator.subarray(0, tower));
  });

  it('differ between seeds and between nets; moments are those of the normal law', () => {
    expect(of('gan', 4).generator).not.toEqual(of('gan').generator);
    expect(of('bigan').encoder?.slice(0, 32)).not.toEqual(of('bigan').discriminator.slice(0, 32));
    // G: 4 and 2 channels; E: 2 and 4.
    const moments = (...channels: number[]) => channels.flatMap((n) => [...Array(n).fill(0), ...Array(n).fill(1)]);
    expect([...of('bigan').statistics]).toEqual(moments(4, 2, 2, 4));
    expect(of('encoder-only').generator).toBeUndefined();
  });
});
