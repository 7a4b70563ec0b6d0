/** A trial on pictures from its spec to its record and files, cut off and taken up again. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { trialId } from '../../src/catalogue/identity.ts';
import { readCsv } from '../../src/disk/csv.ts';
import { openSession, tensor } from '../../src/engine/onnx/session.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import type { Section as MetricSpec } from '../../src/schema/kind.ts';
import { originReader } from '../../src/scorers/origin.ts';
import { decodeCheckpoint } from '../../src/store/checkpoint.ts';
import { type Progress, runTrial } from '../../src/trial/run-trial.ts';
import { writePictureSet } from '../pictures/picture-set.ts';
import { makeModel, methods } from '../support/methods.ts';
import { pictureSpec } from './picture-specs.ts';
import { planned } from './specs.ts';

let data = '';
let judge = '';
let blind = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'modebench-pictures-'));
  await writePictureSet(data, 'quarters', { train: 300, heldOut: 60 });
  judge = join(data, 'judge.onnx');
  await writeFile(
    judge,
    networkFile({ x: [8, 8, 1] }, ({ x }) => byQuarters(x as tf.Tensor)),
  );
  await writeFile(judge.replace('.onnx', '.json'), JSON.stringify(card));
  blind = join(data, 'blind.onnx');
  await writeFile(
    blind,
    networkFile({ x: [8, 8, 1] }, ({ x }) => unlessBright(x as tf.Tensor)),
  );
  await writeFile(blind.replace('.onnx', '.json'), JSON.stringify(card));
});
afterAll(() => rm(data, { recursive: true, force: true }));

/** The means of the four quarters as features; the brightest is the class. */
function byQuarters(x: tf.Tensor) {
  const halves = tf.split(x, 2, 1).flatMap((rows) => tf.split(rows, 2, 2));
  const features = tf.concat(
    halves.map((quarter) => tf.mean(quarter, [1, 2])),
    1,
  );
  return { features, logits: tf.mul(features, 20) };
}

/** The same, where no quarter is bright: else NaN. */
function unlessBright(x: tf.Tensor) {
  const { features, logits } = byQuarters(x);
  return { features: tf.log(tf.sub(0.3, features)), logits };
}

const card = {
  name: 'brightest quarter',
  input: { shape: [8, 8, 1], mean: [0.5], std: [0.5] },
  output: { features: 'features', logits: 'logits' },
  labels: { kind: 'classes', heads: [['upper left', 'upper right', 'lower left', 'lower right']] },
};

const measures: MetricSpec[] = [
  { kind: 'class-coverage' },
  { kind: 'foreground', threshold: 0.2, cells: 2 },
  { kind: 'frechet' },
  { kind: 'ssim' },
  { kind: 'reconstruction' },
];
const specOf = (method: MethodName) => pictureSpec(method, { set: 'quarters', measures, samples: 120, scorer: judge });

let folders = 0;
async function scratch(): Promise<string> {
  const folder = join(data, `trial-${folders++}`);
  await mkdir(folder);
  return folder;
}

const contextIn = (folder: string, onProgress: (progress: Progress) => void = () => {}) =>
  ({ engine: 'onnx', device: 'cpu', data, folder, onProgress, checkpointSeconds: 0 }) as const;

it('counts what its scorer made nothing of; what needs that is not defined', async () => {
  const spec = pictureSpec('gan', { set: 'quarters', measures, samples: 120, steps: 2, scorer: blind });
  const { unusable, metrics } = await runTrial(planned(spec), contextIn(await scratch()));
  expect(unusable).toEqual({ generated: 0, real: expect.any(Number), realAgainstReal: expect.any(Number) });
  for (const count of [unusable?.real ?? 0, unusable?.realAgainstReal ?? 0]) {
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(120);
  }
  expect([metrics.fid, metrics.fidReal]).toEqual([NaN, NaN]);
  const { unusable: none } = await runTrial(planned({ ...spec, scorer: { model: judge } }), contextIn(await scratch()));
  expect(none).toBeUndefined();
});

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name !== 'checkpoint').sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  );
}

const text = (folder: string, name: string) => readFile(join(folder, name), 'utf8');

describe('a BiGAN', () => {
  it('leaves its course, sheets, tables and networks, and a record that says what it was trained on and judged by', async () => {
    const folder = await scratch();
    const record = await runTrial(planned(specOf('bigan')), contextIn(folder));
    expect(record).toMatchObject({ status: 'done', steps: 6 });
    expect(record.scorer).toMatch(/^brightest quarter, pictures at 8 × 8, [0-9a-f]{8}$/);
    expect(record.origin).toMatchObject({ simulated: true, says: expect.stringContaining('bright quarters') });
    // What a plan counts on before the trial is what the trial says it read.
    const origin = await originReader(builtIn, data)(record.spec);
    expect(origin).toEqual(record.origin);
    expect(Object.keys(origin ?? {}).sort()).toEqual(['data', 'says', 'scorer', 'simulated']);
    expect(record.id).toBe(trialId(record.spec, record.hash, origin));
    expect(Object.keys(await contents(folder))).toEqual([
      'data.png',
      'discriminator.onnx',
      'encoder.onnx',
      'generator.onnx',
      'history.csv',
      'losses.csv',
      'modes.csv',
      'networks',
      'occupancy.csv',
      'rarest-modes.png',
      'reconstructions.png',
      'samples.png',
    ]);
    // What is the data's own does not depend on the nets: four classes, and others of the data against it.
    expect(record.metrics.modesCapturedReal).toBe(4);
    expect(record.metrics.fid).toBeGreaterThan(record.metrics.fidReal ?? Number.NaN);
    for (const name of ['modesCaptured', 'ssim', 'reconstructionX', 'foregroundShareReal', 'raw.fid', 'raw.ssim'])
      expect(record.metrics[name]).toBeTypeOf('number');
    const history = readCsv(await text(folder, 'history.csv'), 'history.csv');
    expect(history.rows.map((row) => row.get('step'))).toEqual(['2', '4', '6']);
    const modes = readCsv(await text(folder, 'modes.csv'), 'modes.csv').rows;
    expect(modes.map((row) => row.get('mode'))).toEqual(card.labels.heads[0]);
    for (const column of ['real', 'generated', 'reconstructed'])
      expect(modes.reduce((sum, row) => sum + Number(row.get(column)), 0)).toBeCloseTo(1, 4);
    const occupancy = readCsv(await text(folder, 'occupancy.csv'), 'occupancy.csv').rows;
    expect(occupancy.map((row) => `${row.get('row')} ${row.get('column')}`)).toEqual(['0 0', '0 1', '1 0', '1 1']);
    // 8 px eightfold: 100 in rows of 10; 30 pairs in 6 rows.
    const sizes = await Promise.all(
      ['samples.png', 'data.png', 'reconstructions.png'].map(async (name) => {
        const { width, height } = await sharp(join(folder, name)).metadata();
        return [width, height];
      }),
    );
    expect(sizes).toEqual([
      [662, 662],
      [662, 662],
      [662, 398],
    ]);
  });

  it('ends with the same bytes when it is cut off after any evaluation and taken up again', async () => {
    const trial = planned(specOf('bigan'));
    const whole = await scratch();
    const record = await runTrial(trial, contextIn(whole));
    for (const cut of [2, 4]) {
      const folder = await scratch();
      const killed = runTrial(
        trial,
        contextIn(folder, ({ step }) => {
          if (step === cut) throw new Error('cut off');
        }),
      );
      await expect(killed).rejects.toThrow('cut off');
      const seen: number[] = [];
      const resumed = await runTrial(
        trial,
        contextIn(folder, ({ step }) => seen.push(step)),
      );
      expect(seen[0]).toBeGreaterThan(cut);
      expect(resumed.metrics).toEqual(record.metrics);
      expect(await contents(folder)).toEqual(await contents(whole));
    }
  });

  it('leaves its networks as numbers too: the exported G is theirs', async () => {
    const folder = await scratch();
    const trial = planned(specOf('bigan'));
    await runTrial(trial, contextIn(folder));
    const { hash, step, arrays } = decodeCheckpoint(await readFile(join(folder, 'networks')));
    expect([hash, step, Object.keys(arrays).sort()]).toEqual([trial.hash, 6, ['discriminator', 'players']]);
    const model = makeModel(trial.spec, methods.bigan, [8, 8, 1]);
    expect(arrays.players?.length).toBe(model.evaluationSize);
    const z = Float32Array.from({ length: 7 * 3 }, (_, index) => Math.sin(index));
    const session = await openSession(await readFile(join(folder, 'generator.onnx')), 'cpu');
    const { x } = await session.run({ z: tensor(z, [7, 3]) });
    await session.release();
    expect(x?.dims).toEqual([7, 8, 8, 1]);
    await tf.setBackend('cpu');
    const expected = model
      .bindEvaluation(tf.tensor1d(arrays.players ?? []))
      .generator(tf.tensor2d(z, [7, 3]))
      .dataSync();
    for (const [index, value] of expected.entries()) expect(Number(x?.data[index])).toBeCloseTo(value, 4);
  });
});

it('a trial is not run where the files are not those that its plan counted on, and no checkpoint of others is taken up', async () => {
  const [root, folder] = [await scratch(), await scratch()];
  const looks: MetricSpec[] = [{ kind: 'ssim' }];
  const spec = pictureSpec('bigan', { set: 'few', measures: looks, samples: 20 });
  const onFew = (at: string) => ({ ...contextIn(at), data: root });
  await writePictureSet(root, 'few', { train: 40 });
  const origin = await originReader(builtIn, root)(spec);
  const trial = { ...planned(spec), ...(origin && { origin }) };
  const cut = runTrial(trial, { ...onFew(folder), onProgress: ({ step }) => step === 4 && fail() });
  await expect(cut).rejects.toThrow('cut off');
  const checkpoint = await readFile(join(folder, 'checkpoint'));
  await rm(join(root, 'few'), { recursive: true });
  await writePictureSet(root, 'few', { train: 50 });
  const elsewhere = { ...trial, origin: { says: 'the plan’s', simulated: false, data: 'f'.repeat(64) } };
  await expect(runTrial(elsewhere, onFew(folder))).rejects.toThrow(
    /planned on the plan’s, .* now is bright quarters, 50 /,
  );

  const now = await originReader(builtIn, root)(spec);
  const other = { ...planned(spec), ...(now && { origin: now }) };
  const [fresh, resumed] = [await scratch(), await scratch()];
  await writeFile(join(resumed, 'checkpoint'), checkpoint);
  const first = await runTrial(other, onFew(fresh));
  const second = await runTrial(other, onFew(resumed));
  expect(second.metrics).toEqual(first.metrics);
  expect(await contents(resumed)).toEqual(await contents(fresh));
});

function fail(): never {
  throw new Error('cut off');
}

it.each(['gan', 'wgan-gp', 'encoder-only'] as const)('%s leaves what it has', async (method) => {
  const folder = await scratch();
  const wishes = { set: 'quarters', samples: 30, steps: 2 };
  const looks: MetricSpec[] = method === 'encoder-only' ? [{ kind: 'latent-uniformity' }] : measures;
  const spec = pictureSpec(method, { ...wishes, measures: looks, ...(method !== 'encoder-only' && { scorer: judge }) });
  const record = await runTrial(planned(spec), contextIn(folder));
  expect(record.status).toBe('done');
  const isGan = method !== 'encoder-only';
  expect(Object.keys(await contents(folder))).toEqual(
    [
      'data.png',
      'discriminator.onnx',
      isGan ? 'generator.onnx' : 'encoder.onnx',
      'history.csv',
      'losses.csv',
      'networks',
      ...(isGan ? ['modes.csv', 'occupancy.csv', 'rarest-modes.png', 'samples.png'] : []),
    ].sort(),
  );
  expect('ssim' in record.metrics).toBe(false);
  expect('fid' in record.metrics).toBe(isGan);
});

it('a guided GAN is guided by the classifier that is kept beside the set, and judged by it', async () => {
  const folder = await scratch();
  const looks: MetricSpec[] = [{ kind: 'class-coverage' }, { kind: 'guidance' }];
  const spec = pictureSpec('guided', { set: 'quarters', measures: looks, samples: 60, scorer: 'own' });
  const record = await runTrial(planned(spec), contextIn(folder));
  expect(record.status).toBe('done');
  expect(record.scorer).toMatch(/^own CNN for 4 classes of quarters, 100\.0 % right/);
  expect(record.metrics.intendedClass).toBeGreaterThanOrEqual(0);
  expect(record.metrics.classVariety).toBeGreaterThan(0);
  expect(await originReader(builtIn, data)(spec)).toEqual(record.origin);
  expect(record.origin?.guide).toMatch(/^[0-9a-f]{64}$/);
  expect((await readdir(join(data, 'quarters'))).filter((name) => name.startsWith('scorer-8-'))).toHaveLength(3);
}, 120_000);
