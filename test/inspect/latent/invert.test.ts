/** The descent that looks for latents: that it finds them, keeps to the prior, and computes what it says. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { pickPoints, pointAt, squaredDistance } from '../../../src/base/points.ts';
import { stream } from '../../../src/base/random.ts';
import { readCsv } from '../../../src/disk/csv.ts';
import { openFeatureNet } from '../../../src/inspect/latent/feature-net.ts';
import { heldOut, type InputImages } from '../../../src/inspect/latent/input-images.ts';
import { inversionFindings } from '../../../src/inspect/latent/inversion-findings.ts';
import type { FeatureNet } from '../../../src/inspect/latent/inversion-step.ts';
import { drawsForStart, type Inversion, invert } from '../../../src/inspect/latent/invert.ts';
import { blockOf } from '../../../src/inspect/latent/latents.ts';
import { openTrainedModel, type TrainedModel } from '../../../src/inspect/trained-model.ts';
import { classifierNet } from '../../../src/nets/classifier.ts';
import { unflatten } from '../../../src/nets/layout.ts';
import { samplePrior } from '../../../src/priors/prior.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { smallSpec } from '../../trial/specs.ts';
import { type Finished, finished, pictureTrial } from './tiny-trial.ts';

let trial: Finished;
let model: TrainedModel;
let real: InputImages;
/** What G makes of `z`. */
let z: Points;
let made: InputImages;
beforeAll(async () => {
  trial = await pictureTrial('bigan');
  model = await openTrainedModel(trial.folder);
  real = heldOut({ kind: 'images', set: 'quarters', size: 8 }, trial.data, 4, 0);
  z = { values: samplePrior(model.prior, stream(77, 'latent'), 6), count: 6, dim: 3 };
  made = { points: await model.generate(z), names: [...'abcdef'], description: '6 pictures of its own', notes: [] };
});
afterAll(async () => {
  await model.close();
  await rm(trial.root, { recursive: true, force: true });
});

const request = { starts: ['random'], iterations: 200, rate: 0.05, seed: 0 } as const;
const onlyOne = (inversions: Inversion[]) => inversions[0] as Inversion; // as many as starts
const errorsOf = (a: Points, b: Points) =>
  Array.from({ length: a.count }, (_, index) => squaredDistance(pointAt(a, index), pointAt(b, index)) / a.dim);

/** A net of random weights tells pictures apart as well as any. */
function randomFeatures(eachChannel = false): FeatureNet {
  const net = classifierNet([8, 8, 1], 4);
  return { net, parameters: net.initialise(stream(3, 'classifier')), eachChannel, description: 'random features' };
}

describe('invert', () => {
  it('finds what G made itself, from draws of the prior', async () => {
    const { pixel, least, found, from } = onlyOne(await invert(model, made.points, request));
    expect(pixel).toHaveLength(201);
    const start = errorsOf(await model.generate(from), made.points);
    const end = errorsOf(await model.generate(found), made.points);
    for (const index of [0, 1, 2, 3, 4, 5]) {
      // The same networks in two forms: the compiled step and the exported file.
      expect(pixel[0]?.[index]).toBeCloseTo(start[index] as number, 6);
      expect(least.pixel[index]).toBeCloseTo(end[index] as number, 6);
      expect(end[index]).toBeLessThan(1e-4);
      expect(end[index]).toBeLessThan((start[index] as number) / 20);
      for (const [at, value] of pointAt(found, index).entries())
        expect(Math.abs(value - (pointAt(z, index)[at] as number))).toBeLessThan(0.1);
    }
  });

  it('starts at E(x) or at the nearest of its draws, and ends no worse than it began', async () => {
    const starts = ['random', 'encoder'] as const;
    const [random, encoder] = await invert(model, real.points, { ...request, starts, iterations: 60 });
    const codes = (await model.encode?.(real.points)) as Points; // bigan has an encoder
    expect(encoder?.from.values).toEqual(codes.values);
    const draws = samplePrior(model.prior, stream(0, 'latent'), drawsForStart);
    const seen = await model.generate({ values: draws, count: drawsForStart, dim: 3 });
    const target = pickPoints(real.points, Array<number>(drawsForStart).fill(0));
    const errors = errorsOf(seen, target);
    const nearest = errors.indexOf(Math.min(...errors));
    expect(pointAt(random?.from as Points, 0)).toEqual(draws.subarray(3 * nearest, 3 * nearest + 3));
    for (const { pixel, least } of [random as Inversion, encoder as Inversion]) {
      for (const [index, error] of least.pixel.entries()) {
        expect(error).toBe(Math.min(...pixel.map((errors) => errors[index] as number)));
        expect(error).toBeLessThan(pixel[0]?.[index] as number);
      }
    }
  });

  it('keeps to the bounds of a uniform prior', async () => {
    const far = await model.generate({ ...z, values: z.values.map((value) => 4 * value) });
    const { found } = onlyOne(await invert(model, far, request));
    expect(Math.max(...found.values.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(found.values.some((value) => Math.abs(value) === 1)).toBe(true);
  });

  it('gives a picture what it gets alone', async () => {
    const all = onlyOne(await invert(model, real.points, { ...request, starts: ['encoder'], iterations: 40 }));
    const one = onlyOne(
      await invert(model, pickPoints(real.points, [2]), { ...request, starts: ['encoder'], iterations: 40 }),
    );
    for (const [iteration, errors] of one.pixel.entries())
      expect(all.pixel[iteration]?.[2]).toBeCloseTo(errors[0] as number, 4);
  });

  it('weighs the features in: more weight brings them nearer, and both errors are reported', async () => {
    const features = (weight: number) => ({ features: { net: randomFeatures(), weight } });
    const light = onlyOne(await invert(model, real.points, { ...request, ...features(0.001) }));
    const heavy = onlyOne(await invert(model, real.points, { ...request, ...features(100) }));
    const sum = (errors?: Float32Array) => errors?.reduce((total, value) => total + value, 0);
    expect(sum(heavy.least.feature)).toBeLessThan(sum(light.least.feature) as number);
    expect(sum(light.least.pixel)).toBeLessThan(sum(heavy.least.pixel) as number);
    const own = onlyOne(await invert(model, made.points, { ...request, ...features(0.1) }));
    for (const value of own.least.feature ?? [1]) expect(value).toBeLessThan(1e-3);
  });

  it('compares features channel by channel where their net sees one: their squared distance relative to those of x', async () => {
    const colour = await pictureTrial('gan', { channels: 3 });
    const painted = await openTrainedModel(colour.folder);
    const { points } = heldOut({ kind: 'images', set: 'quarters', size: 8 }, colour.data, 2, 0);
    const net = randomFeatures(true);
    const features = { net, weight: 0.1 };
    const { from, feature } = onlyOne(await invert(painted, points, { ...request, iterations: 1, features }));
    await tf.setBackend('cpu');
    const featuresIn = (x: Points, index: number, channel: number) => {
      const grey = pointAt(x, index).filter((_, at) => at % 3 === channel);
      const seen = net.net.apply(unflatten(tf.tensor1d(net.parameters), net.net.layout), tf.tensor(grey, [1, 8, 8, 1]));
      return seen.features.dataSync() as Float32Array; // of a float32 tensor
    };
    const start = await painted.generate(from);
    for (const index of [0, 1]) {
      let [apart, whole] = [0, 0];
      for (const channel of [0, 1, 2]) {
        const [a, b] = [featuresIn(start, index, channel), featuresIn(points, index, channel)];
        apart += squaredDistance(a, b);
        whole += squaredDistance(b, new Float32Array(b.length));
      }
      expect(feature?.[0]?.[index]).toBeCloseTo(apart / whole, 3);
    }
    await painted.close();
    await rm(colour.root, { recursive: true, force: true });
  });

  it('leaves the class of a split latent as it was drawn, and its other blocks at 0', async () => {
    const spec = smallSpec('gan');
    const latent = { kind: 'split', classes: 3, dim: 6, low: -1, high: 1 } as const;
    const split = await openTrainedModel((await finished(trial.root, { ...spec, latent })).folder);
    const drawn = { values: samplePrior(latent, stream(5, 'latent'), 5), count: 5, dim: 6 };
    const { from, found, pixel, least } = onlyOne(await invert(split, await split.generate(drawn), request));
    for (let index = 0; index < 5; index++) {
      const block = blockOf(latent, pointAt(from, index));
      const outside = pointAt(found, index).filter((_, at) => at < block.first || at >= block.first + 2);
      expect(outside.every((value) => value === 0)).toBe(true);
      expect(pointAt(found, index)).not.toEqual(pointAt(from, index));
      expect(least.pixel[index]).toBeLessThan(pixel[0]?.[index] as number);
    }
    await split.close();
  });

  it('counts in data units where networks see others', async () => {
    const toy = await openTrainedModel((await finished(trial.root, smallSpec('bigan'))).folder); // networks see x · 2
    const { points } = heldOut((toy.record as NonNullable<TrainedModel['record']>).spec.data, trial.data, 3, 0);
    const { from, pixel } = onlyOne(await invert(toy, points, { ...request, iterations: 2 }));
    const errors = errorsOf(await toy.generate(from), points);
    for (const [index, error] of errors.entries()) expect(pixel[0]?.[index]).toBeCloseTo(error, 5);
    await toy.close();
  });

  it('says so where the networks are damaged', async () => {
    const path = join(trial.folder, 'networks');
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 500));
    try {
      await expect(invert(model, made.points, request)).rejects.toThrow(/networks: the checkpoint is damaged/);
    } finally {
      await writeFile(path, whole);
    }
  });
});

describe('its findings', () => {
  it('are rows of pictures, the course of every picture as a table, and curves', async () => {
    const starts = ['random', 'encoder'] as const;
    const features = { net: randomFeatures(), weight: 0.1 };
    const inversions = await invert(model, real.points, { ...request, starts, iterations: 5, features });
    const { files, lines } = await inversionFindings(model, real, inversions, ['as a test']);
    expect(Object.keys(files)).toEqual(['invert.png', 'invert.csv', 'invert-curve.png']);
    const { rows, columns } = readCsv(String(files['invert.csv']), 'invert.csv');
    expect(columns).toEqual(['iteration', 'picture', 'start', 'pixel', 'feature']);
    expect(rows).toHaveLength(6 * 4 * 2);
    const row = rows.find((one) => one.get('start') === 'encoder' && one.get('iteration') === '5');
    expect(row?.get('picture')).toBe(real.names[0]);
    expect(Number(row?.get('pixel'))).toBeCloseTo(inversions[1]?.pixel[5]?.[0] as number, 5);
    const sheet = await sharp(files['invert.png'] as Uint8Array).metadata();
    expect(sheet.height).toBe(5 * 66 + 2); // picture, start, found, start, found
    expect(sheet.width).toBeGreaterThan(4 * 66 + 2); // their names
    expect((await sharp(files['invert-curve.png'] as Uint8Array).metadata()).width).toBeGreaterThan(1_400);
    expect(lines).toContain(
      'invert.png, rows from above: picture, G of the best of 16 draws, found from there, G of E(x), found from there',
    );
  });
});

describe('the features', () => {
  it('are of a classifier where the data have labels; else it is said why not', async () => {
    const data = (set: string) => ({ set, size: 8 });
    const open = (set: string) => openFeatureNet(data(set), trial.data, () => {});
    expect(await open('quarters')).toEqual({ lacking: 'quarters has no labels to train a classifier on' });
    expect(await open('nowhere')).toEqual({ lacking: `${join(trial.data, 'nowhere')} is not there` });
    expect(await openFeatureNet(undefined, trial.data, () => {})).toEqual({ lacking: 'the data are points' });
  });

  it('of a stack are those of each of its channels', async () => {
    await writePictureSet(trial.data, 'single', { labels: 'classes', train: 200, heldOut: 40 });
    await writePictureSet(trial.data, 'stack', { labels: 'stack', channels: 3, eachChannelIs: 'single' });
    const told: string[] = [];
    const net = await openFeatureNet({ set: 'stack', size: 8 }, trial.data, (line) => told.push(line));
    expect(net).toMatchObject({
      eachChannel: true,
      description: 'the features of a classifier of single, channel by channel',
    });
    expect('net' in net && net.parameters.length === net.net.layout.size).toBe(true);
    expect(told[0]).toContain('training a classifier of single');
  }, 90_000);
});
