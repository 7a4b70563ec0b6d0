/** E(x, ε): what it is given, that everything which shows E gives it the same, and that E(x) is what it was without the setting. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { specHash } from '../../src/catalogue/identity.ts';
import { readCsv } from '../../src/disk/csv.ts';
import type { EngineName } from '../../src/engine/engines.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import { openTrainedModel } from '../../src/inspect/trained-model.ts';
import { adam, defineNets, gaussianRings, mlps, modeCoverage, uniform } from '../../src/modebench.ts';
import { fixedNoise } from '../../src/nets/encoder-noise.ts';
import { decodeFilm } from '../../src/store/film-file.ts';
import { encodeRecord } from '../../src/store/record.ts';
import { runTrial } from '../../src/trial/run-trial.ts';
import { makeModel, methods } from '../support/methods.ts';
import { planned, smallSpec } from './specs.ts';

const noisy = { encoder: { noise: 3 } };

describe('the setting', () => {
  it.each(['bigan', 'bigan-l2', 'bigan-pgp', 'encoder-only'] as const)(
    'of %s at 0 leaves the hash what it was, and is another trial otherwise',
    (method) => {
      const { encoder, ...before } = smallSpec(method);
      expect(encoder).toEqual({ noise: 0 });
      expect(specHash({ ...before, encoder })).toBe(specHash(before));
      expect(specHash({ ...before, ...noisy })).not.toBe(specHash(before));
    },
  );

  it('leaves the hash of a method of an experiment’s own alone, too', () => {
    const spec = { ...smallSpec('bigan'), method: 'mine', code: 'f'.repeat(64) };
    const { encoder, ...before } = spec;
    expect(specHash({ ...before, encoder })).toBe(specHash(before));
  });

  it('does not reach a method without an encoder', () => {
    expect(smallSpec('gan')).not.toHaveProperty('encoder');
    expect(
      builtIn.cards.methods.filter(({ settings }) => 'encoder' in settings).map(({ networks }) => networks),
    ).toEqual(builtIn.cards.methods.map(({ networks }) => networks).filter((networks) => networks.includes('encoder')));
  });

  it('is refused for networks that have no place for it', () => {
    const bare = defineNets({
      kind: 'bare',
      description: 'nets of a user',
      settings: {},
      takes: 'points',
      small: true,
      sizes: () => [],
      stepShape: () => ({ kind: 'dense', hidden: [1] }),
      load: () => Promise.reject(new Error('never loaded')),
    });
    const { kind } = bare();
    const experiment = {
      ...{ name: 'own', claim: 'refused', source: 'test', catalogue: builtIn.with({ nets: [bare as never] }) },
      ...{ data: gaussianRings({ modes: 4, radii: [1], std: 0.05 }), latent: uniform({ dim: 2, low: -1, high: 1 }) },
      ...{ nets: { kind } as never, measures: [modeCoverage()], methods: ['bigan'], presets: {}, ...noisy },
      training: { steps: 2, batch: 4, optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.9 }) },
    };
    expect(() => resolveTrial(experiment, { method: 'bigan', seed: 0 })).toThrow(
      'encoder.noise: nets of kind bare have no place for it, expected 0 (or nets of kind mlp or dcgan or resnet)',
    );
  });
});

describe.each([
  ['points', [3], mlps({ hidden: [5], activation: 'relu', initialiser: 'xavier-uniform' })],
  ['pictures', [8, 8, 2], { kind: 'dcgan', width: 2 }],
  ['pictures in residual nets', [8, 8, 2], { kind: 'resnet', width: 2 }],
] as const)('E(x, ε) of %s', (_, shape, nets) => {
  it('moves with ε alone, example by example, and needs one', () => {
    const model = makeModel({ nets: { slope: 0.2, ...nets }, latent: { dim: 2 } }, methods.bigan, shape, 1, 2);
    const parameters = tf.tensor1d(model.initialise(4).players);
    const x = tf.ones([2, ...shape]);
    const encode = (noise?: tf.Tensor) => [...model.bindTraining(parameters, noise).encoder(x).dataSync()];
    const [a, b, c, d] = encode(tf.tensor2d([0.5, -0.5, -1, 1], [2, 2]));
    expect([a, b]).not.toEqual([c, d]);
    expect(encode(tf.tensor2d([0.5, -0.5, -1, 1], [2, 2]))).toEqual([a, b, c, d]);
    expect(() => encode()).toThrow('internal: a stochastic encoder was bound without its noise');
  });
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-noise-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each(['onnx', 'tfjs'] as const satisfies readonly EngineName[])('a trial on %s', (engine) => {
  it('shows E with the same ε in its points, its film and its exported encoder', async () => {
    const small = smallSpec('bigan-pgp', 2, noisy);
    const spec = { ...small, training: { ...small.training, average: 0 } }; // films show the weights that train
    const context = { engine, device: 'cpu', data: folder, folder, onProgress: () => {} } as const;
    const record = await runTrial({ ...planned(spec), film: { frames: 2 } }, context);
    await writeFile(join(folder, 'trial.json'), encodeRecord(record));

    const model = await openTrainedModel(folder);
    const { rows } = readCsv(await readFile(join(folder, 'samples.csv'), 'utf8'), 'samples.csv');
    const real = rows.filter((row) => row.get('set') === 'real');
    const columns = (names: readonly string[]) =>
      Float32Array.from(real.flatMap((row) => names.map((name) => Number(row.get(name)))));
    const x = { values: columns(['x0', 'x1']), count: real.length, dim: 2 };
    const codes = await model.encode?.(x);
    const stored = columns(['z0', 'z1']);
    for (const [index, code] of (codes?.values ?? []).entries()) expect(code).toBeCloseTo(stored[index] as number, 3);
    expect(codes?.values).toHaveLength(2 * real.length);
    expect(model.encoderNote).toBe(
      'E(x, ε) with ε: 3 numbers on (−1, 1), drawn from the trial’s seed as at its evaluations',
    );

    const film = decodeFilm(await readFile(join(folder, 'film.json'), 'utf8'), 'film.json');
    const encoded = film.frames.at(-1)?.encoded ?? [];
    for (let index = 0; index < 2 * real.length; index++)
      expect(encoded[index]).toBeCloseTo(stored[index] as number, 2);
    await model.close();
  });
});

it('the ε of later examples is what one long draw has there', () => {
  const all = fixedNoise(5, 3, 20).values;
  expect([...fixedNoise(5, 3, 8).values]).toEqual([...all.subarray(0, 24)]);
  expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(1);
  expect(new Set(all).size).toBe(60);
});
