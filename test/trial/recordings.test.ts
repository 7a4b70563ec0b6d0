/** What a trial records of its discriminator, against the networks that the same trial exported. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { readCsv } from '../../src/disk/csv.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { modeShares } from '../../src/metrics/numerics/mode-share.ts';
import { decodeFilm, type Film } from '../../src/store/film-file.ts';
import { gridPoints } from '../../src/trial/outputs/axes.ts';
import { runTrial } from '../../src/trial/run-trial.ts';
import { formulaDataset } from '../datasets/formula.ts';
import { planned, smallSpec } from './specs.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-recordings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The raw weights are those that are evaluated, so that films, files and exported networks speak of the same ones. */
const specFor = (method: MethodName, changes: Partial<ResolvedSpec> = {}): ResolvedSpec => {
  const spec = smallSpec(method, 1, changes);
  return { ...spec, training: { ...spec.training, average: 0 } };
};
const line = {
  data: { kind: 'gaussian-line', centres: [-1, 2], std: 0.1, scale: 0.5 },
  latent: { kind: 'uniform', dim: 1, low: -1, high: 1 },
} as const satisfies Partial<Record<keyof ResolvedSpec, unknown>>;
const lineSpec = (method: MethodName) =>
  specFor(method, { data: { ...line.data, centres: [-1, 2] }, latent: line.latent });

async function run(spec: ResolvedSpec): Promise<Film> {
  const context = { engine: 'onnx', device: 'cpu', data: folder, folder, onProgress: () => {} } as const;
  await runTrial({ ...planned(spec), film: { frames: 3 } }, context);
  return decodeFilm(await readFile(join(folder, 'film.json'), 'utf8'), 'film.json');
}

async function network(name: string, inputs: Record<string, [Float32Array, number]>): Promise<Float32Array> {
  const session = await InferenceSession.create(join(folder, `${name}.onnx`));
  const feeds = Object.entries(inputs).map(([input, [values, width]]) => {
    return [input, new Tensor('float32', values, [values.length / width, width])] as const;
  });
  const [output] = Object.values(await session.run(Object.fromEntries(feeds)));
  return output?.data as Float32Array; // every output here is float32
}

/** Columns of a file as one row-major array. */
async function columns(file: string, names: readonly string[]): Promise<Float32Array> {
  const { rows } = readCsv(await readFile(join(folder, file), 'utf8'), file);
  return Float32Array.from(rows.flatMap((row) => names.map((name) => Number(row.get(name) || 'NaN'))));
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, digits = 3): void {
  expect(found.length).toBe(expected.length);
  for (let index = 0; index < found.length; index++) expect(found[index]).toBeCloseTo(Number(expected[index]), digits);
}

/** ∇ₓ D by central differences of the exported discriminator, z held; data units. */
async function slopes(x: Float32Array, z: Float32Array | undefined, dim: number): Promise<Float32Array[]> {
  const step = 2e-3;
  const rate = (points: Float32Array) => network('discriminator', { x: [points, dim], ...(z && { z: [z, 2] }) });
  return Promise.all(
    Array.from({ length: dim }, async (_, axis) => {
      const moved = (by: number) => x.map((value, index) => (index % dim === axis ? value + by : value));
      const [after, before] = [await rate(moved(step)), await rate(moved(-step))];
      return after.map((value, index) => (value - Number(before[index])) / (2 * step));
    }),
  );
}

/** ReLU bends where differences straddle a kink: most places agree closely, none may be made up. */
function expectMostlyClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  const near = Array.from(found).filter((value, index) => Math.abs(value - Number(expected[index])) < 0.01);
  expect(near.length / found.length).toBeGreaterThan(0.97);
}

describe('landscape.csv', () => {
  it('is D and its gradient on a grid about the data', async () => {
    await run(specFor('gan'));
    const x = await columns('landscape.csv', ['x0', 'x1']);
    expect(x.length).toBe(2 * 41 * 41);
    // A ring of radius 1, σ 0.05: ±1.15, and a fifth of 2.3 about it.
    expectClose([Math.min(...x), Math.max(...x)], [-1.61, 1.61]);
    expectClose(await columns('landscape.csv', ['score']), await network('discriminator', { x: [x, 2] }));
    const [g0 = [], g1 = []] = await slopes(x, undefined, 2);
    expectMostlyClose(await columns('landscape.csv', ['g0']), g0);
    expectMostlyClose(await columns('landscape.csv', ['g1']), g1);
  });

  it('is D(x, E(x)) where D sees pairs, its gradient that of x alone', async () => {
    await run(specFor('bigan-pgp'));
    const x = await columns('landscape.csv', ['x0', 'x1']);
    const z = await network('encoder', { x: [x, 2] });
    const score = await network('discriminator', { x: [x, 2], z: [z, 2] });
    expectClose(await columns('landscape.csv', ['score']), score);
    const [g0 = []] = await slopes(x, z, 2);
    expectMostlyClose(await columns('landscape.csv', ['g0']), g0);
  });

  it('is D over (x, z) for pairs of one dimension each', async () => {
    await run(lineSpec('bigan'));
    const [x, z] = [await columns('landscape.csv', ['x0']), await columns('landscape.csv', ['z0'])];
    expect(x.length).toBe(61 * 61);
    expect([x[0], x[1], z[0], z[60]]).toEqual([x[0], x[0], -1.25, 1.25]);
    const score = await network('discriminator', { x: [x, 1], z: [z, 1] });
    expectClose(await columns('landscape.csv', ['score']), score);
  });

  it('is a curve for one dimension, and D over latents for an encoder alone', async () => {
    await run(lineSpec('gan'));
    const x = await columns('landscape.csv', ['x0']);
    expect(x.length).toBe(201);
    expectClose(await columns('landscape.csv', ['score']), await network('discriminator', { x: [x, 1] }));
    await run(specFor('encoder-only'));
    const z = await columns('landscape.csv', ['z0', 'z1']);
    expectClose(await columns('landscape.csv', ['score']), await network('discriminator', { z: [z, 2] }));
  });
});

describe('lines.csv', () => {
  it('leads from G(E(x)) to x, with D and its slope on the way, E(x) held', async () => {
    await run(specFor('bigan-pgp'));
    const x = await columns('lines.csv', ['x0', 'x1']);
    const t = await columns('lines.csv', ['t']);
    expect(t.length).toBe(40 * 11);
    expectClose(t.slice(0, 11), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], 6);
    const ends = (at: number) => x.filter((_, index) => Math.floor(index / 2) % 11 === at);
    const [from, to] = [ends(0), ends(10)];
    const samples = readCsv(await readFile(join(folder, 'samples.csv'), 'utf8'), 'samples.csv').rows;
    const real = samples.filter((row) => row.get('set') === 'real').slice(0, 40);
    expectClose(
      to,
      real.flatMap((row) => [Number(row.get('x0')), Number(row.get('x1'))]),
    );
    const z = await network('encoder', { x: [to, 2] });
    expectClose(from, await network('generator', { z: [z, 2] }));
    const held = Float32Array.from({ length: x.length }, (_, index) =>
      Number(z[Math.floor(index / 22) * 2 + (index % 2)]),
    );
    expectClose(await columns('lines.csv', ['score']), await network('discriminator', { x: [x, 2], z: [held, 2] }));
    const [g0 = [], g1 = []] = await slopes(x, held, 2);
    const expected = Array.from(t, (_, place) => {
      const end = Math.floor(place / 11) * 2;
      const way = [0, 1].map((axis) => Number(to[end + axis]) - Number(from[end + axis]));
      const [w0 = 0, w1 = 0] = way;
      return (Number(g0[place]) * w0 + Number(g1[place]) * w1) / Math.hypot(w0, w1);
    });
    expectMostlyClose(await columns('lines.csv', ['slope']), expected);
  });
});

describe('film.json', () => {
  it('ends with the frame of the exported networks: D on the grid, G of latents and lattice, E of real points', async () => {
    const spec = specFor('bigan');
    const film = await run(spec);
    expect(film.frames.map(({ step }) => step)).toEqual([0, 8, 24]);
    const last = film.frames.at(-1);
    if (!last?.lattice || !last.encoded) throw new Error('expected a frame with all that a BiGAN has');
    expect([film.kind, film.real.length, film.latents.length]).toEqual(['2d', 600, 1200]);
    expectClose(last.generated, await network('generator', { z: [film.latents, 2] }));
    expectClose(last.lattice, await network('generator', { z: [film.lattice, 2] }));
    expect([film.lattice[0], film.lattice.at(-1), film.lattice.length]).toEqual([-1, 1, 2 * 15 * 15]);
    expectClose(last.encoded, await network('encoder', { x: [film.real, 2] }));
    const rate = async (x: Float32Array) =>
      network('discriminator', { x: [x, 2], z: [await network('encoder', { x: [x, 2] }), 2] });
    expectClose(last.score, await rate(gridPoints(film.axes)));
    const { modes } = formulaDataset(spec.data);
    if (!modes) throw new Error('a ring has modes');
    expectClose(last.modeScore ?? [], await rate(Float32Array.from(modes.centres)));
    expectClose(last.modeShare ?? [], modeShares({ values: last.generated, count: 600, dim: 2 }, modes), 5);
    expect(last.metrics.highQuality).toBeGreaterThanOrEqual(0);
    // Untrained and trained networks differ: the first frame is not the last.
    expect(film.frames[0]?.score).not.toEqual(last.score);
  });

  it('shows D over (x, z) for pairs of one dimension, latents alone for an encoder, and no encoder where there is none', async () => {
    const pair = await run(lineSpec('bigan-pgp'));
    expect([pair.kind, pair.axes.map(({ name }) => name)]).toEqual(['1d-xz', ['x0', 'z0']]);
    const latent = await run(specFor('encoder-only'));
    expect([latent.kind, latent.latents.length, latent.lattice.length]).toEqual(['z', 0, 0]);
    expect(latent.frames[0]).toMatchObject({ generated: new Float32Array(), metrics: {} });
    expect(latent.frames[0]?.encoded).toHaveLength(600);
    const curve = await run(lineSpec('gan'));
    expect([curve.kind, curve.lattice.length, curve.frames[0]?.encoded]).toEqual(['1d', 61, undefined]);
  });
});
