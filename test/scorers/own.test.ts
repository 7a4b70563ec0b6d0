/** The project's own scorer of a set: trained once, kept beside it, and used from there. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import { imageDataset } from '../../src/datasets/pictures/image-dataset.ts';
import { dcganNets } from '../../src/nets/dcgan.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { batchStatistics } from '../../src/nets/statistics.ts';
import { openScorer } from '../../src/scorers/onnx-scorer.ts';
import { ownClassifier, ownScorerFile, scorerFile } from '../../src/scorers/own.ts';
import { writePictureSet } from '../pictures/picture-set.ts';

let data = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'modebench-own-'));
  await writePictureSet(data, 'quarters', { train: 300, heldOut: 60 });
  await writePictureSet(data, 'stacked', { train: 100, channels: 3, labels: 'stack', eachChannelIs: 'quarters' });
  await writePictureSet(data, 'faces', { train: 2_000, labels: 'attributes' });
  await writePictureSet(data, 'plain', { train: 50, labels: 'none' });
});
afterAll(() => rm(data, { recursive: true, force: true }));
/** A classifier is trained for 1,000 steps, of attributes for 2,800. */
vi.setConfig({ testTimeout: 300_000 });

/** What the scorer of a file says of held-out pictures with known labels. */
async function scored(path: string, set: string, count = 130) {
  const dataset = imageDataset({ set, size: 8 }, data);
  const drawn = dataset.labelled?.draw(stream(1, 'evaluation'), count, 'held-out');
  if (!drawn) throw new Error(`${set} has labels`);
  const scorer = await openScorer(path);
  const scorerOutput = await scorer.judge({ values: drawn.examples, count, dim: dataset.dim }, dataset.shape);
  await scorer.dispose();
  return { scorer, dataset, drawn, ...scorerOutput };
}

const largest = (values: Float32Array) => values.indexOf(Math.max(...values));

describe('of pictures with classes', () => {
  it('is trained once, judges any number of pictures, and says how good it is', async () => {
    const told: string[] = [];
    const path = await ownScorerFile({ set: 'quarters', size: 8 }, data, (line) => told.push(line));
    expect(dirname(path)).toBe(join(data, 'quarters'));
    expect(basename(path)).toMatch(/^scorer-8-[0-9a-f]{12}\.onnx$/);
    expect(told).toHaveLength(2);
    expect(told[0]).toBe('training a classifier of quarters for the scores (once)');
    expect(told[1]).toBe(`own CNN for 4 classes of quarters, 100.0 % right on 1,000 held-out: kept as ${path}`);
    const { scorer, features, probabilities, drawn } = await scored(path, 'quarters');
    expect(scorer.description).toBe(
      `own CNN for 4 classes of quarters, 100.0 % right on 1,000 held-out, pictures at 8 × 8, ${scorer.hash.slice(0, 8)}`,
    );
    expect(features).toMatchObject({ count: 130, dim: 128 });
    expect(probabilities).toMatchObject({ count: 130, dim: 4 });
    for (const [index, label] of drawn.labels.entries()) {
      const own = probabilities?.values.subarray(4 * index, 4 * index + 4) ?? new Float32Array();
      expect(largest(own)).toBe(label);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
    // Nothing is trained where it is there.
    expect(await ownScorerFile({ set: 'quarters', size: 8 }, data, (line) => told.push(line))).toBe(path);
    expect(told).toHaveLength(2);
  });

  it('is the classifier that guides, number for number', async () => {
    const path = await ownScorerFile({ set: 'quarters', size: 8 }, data);
    const { features, dataset, drawn } = await scored(path, 'quarters', 20);
    const { net, parameters, labels } = await ownClassifier({ set: 'quarters', size: 8 }, data);
    expect(labels).toEqual(dataset.labelled?.labels);
    await tf.setBackend('cpu');
    const found = net.apply(unflatten(tf.tensor1d(parameters), net.layout), tf.tensor(drawn.examples, [20, 8, 8, 1]));
    found.features.dataSync().forEach((value: number, index: number) => {
      expect(value).toBeCloseTo(features.values[index] ?? Number.NaN, 3);
    });
  });
});

it('of a stack is that of its channels: a head each, by the classifier of the set that they are of', async () => {
  const path = await ownScorerFile({ set: 'stacked', size: 8 }, data);
  expect(dirname(path)).toBe(join(data, 'stacked'));
  const single = await ownScorerFile({ set: 'quarters', size: 8 }, data);
  const [again, first] = await Promise.all([path, single].map((file) => readFile(file)));
  expect(first?.length).toBeGreaterThan(1_000);
  expect(again?.equals(first ?? Buffer.of())).toBe(true);
  const { scorer, features, probabilities, drawn } = await scored(path, 'stacked', 40);
  expect(scorer.description).toMatch(
    /^own CNN for 4 classes of quarters, 100\.0 % right on 1,000 held-out, each channel by itself/,
  );
  expect(scorer.labels).toMatchObject({ kind: 'classes', heads: [{ length: 4 }, { length: 4 }, { length: 4 }] });
  expect(features).toMatchObject({ count: 40, dim: 3 * 128 });
  expect(probabilities).toMatchObject({ count: 40, dim: 12 });
  for (const [index, label] of drawn.labels.entries()) {
    expect(largest(probabilities?.values.subarray(4 * index, 4 * index + 4) ?? new Float32Array())).toBe(label);
  }
});

it('of attributes says the probability of each', async () => {
  const path = await ownScorerFile({ set: 'faces', size: 8 }, data);
  const { scorer, probabilities, drawn } = await scored(path, 'faces', 60);
  expect(scorer.description).toMatch(/^own CNN for 4 attributes of faces, \d+\.\d % right/);
  expect(probabilities).toMatchObject({ count: 60, dim: 4 });
  const right = drawn.labels.filter((label, index) => Number((probabilities?.values[index] ?? 0) > 0.5) === label);
  expect(right.length / drawn.labels.length).toBeGreaterThan(0.95);
});

it('of attributes sees none in what is not of the data: noise, an untrained generator’s pictures, ghosts, grain in the shape of things', async () => {
  const path = await ownScorerFile({ set: 'faces', size: 8 }, data);
  const { scorer, drawn } = await scored(path, 'faces', 200);
  expect(scorer.description).toMatch(/% right on 1,000 held-out, \d+\.\d % of corrupted ones refused/);
  const count = 100;
  const random = stream(2, 'evaluation');
  const nets = dcganNets(
    { width: 4 },
    { shape: [8, 8, 1], latent: 8, noise: 0, sees: { x: true, z: false }, packing: 1 },
  );
  await tf.setBackend('cpu');
  const { layout, initialise, apply } = nets.generator;
  const z = tf.tensor2d(
    Float32Array.from({ length: 8 * count }, () => 2 * random.uniform() - 1),
    [count, 8],
  );
  const untrained = apply(unflatten(tf.tensor1d(initialise(random)), layout), z, batchStatistics());
  const noise = Float32Array.from({ length: 64 * count }, () => 2 * random.uniform() - 1);
  const other = drawn.examples.slice(64 * count);
  // The two pictures of a ghost differ in three attributes of four or in all.
  const ghosts = Array.from({ length: count }, (_, i) => i).filter(
    (i) => [0, 1, 2, 3].filter((a) => drawn.labels[4 * i + a] !== drawn.labels[4 * (i + count) + a]).length > 2,
  );
  const ghost = ghosts.flatMap((i) =>
    Array.from({ length: 64 }, (_, p) => ((drawn.examples[64 * i + p] ?? 9) + (other[64 * i + p] ?? 9)) / 2),
  );
  // Where a picture differs from another, each pixel is anything.
  const grain = drawn.examples
    .slice(0, 64 * count)
    .map((value, p) => (Math.abs(value - (other[p] ?? 9)) > 0.15 ? 2 * random.uniform() - 1 : value));
  const opened = await openScorer(path);
  const sharesSeeing = await Promise.all(
    [noise, untrained.dataSync() as Float32Array, Float32Array.from(ghost), grain, drawn.examples].map(
      async (values) => {
        const pictures = values.length / 64;
        const { probabilities } = await opened.judge({ values, count: pictures, dim: 64 }, [8, 8, 1]);
        const seen = Array.from({ length: pictures }, (_, i) =>
          probabilities?.values.subarray(4 * i, 4 * i + 4).some((probability) => probability > 0.5),
        );
        return seen.filter(Boolean).length / pictures;
      },
    ),
  );
  await opened.dispose();
  const [ofNoise = 1, ofUntrained = 1, ofGhosts = 1, ofGrain = 1, ofReal = 0] = sharesSeeing;
  expect(ghosts.length).toBeGreaterThan(10);
  expect(ofNoise).toBeLessThan(0.02);
  expect(ofUntrained).toBeLessThan(0.02);
  expect(ofGhosts).toBeLessThan(0.1);
  expect(ofGrain).toBeLessThan(0.1);
  // one picture of sixteen has no attribute
  expect(ofReal).toBeGreaterThan(0.88);
});

describe('what there is none for', () => {
  const wrong = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  };

  it('is a set without labels, and points', async () => {
    expect(await wrong(ownScorerFile({ set: 'plain', size: 8 }, data))).toBe(
      'scorer.model: plain has no labels to train a classifier on; give a file: --scorer path/to/inception.onnx',
    );
    expect(await wrong(scorerFile({ model: 'own' }, undefined, data))).toBe(
      'scorer.model: own is a classifier of pictures',
    );
  });

  it('is a set that is not there', async () => {
    expect(await wrong(ownScorerFile({ set: 'nowhere', size: 8 }, data))).toMatch(/nowhere is not there: npm run data/);
  });
});

it('a file of the user’s own is itself, whatever the data', async () => {
  expect(await scorerFile({ model: '/a/b.onnx' }, { set: 'plain', size: 8 }, data)).toBe('/a/b.onnx');
});
