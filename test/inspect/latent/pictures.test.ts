/** Explorations of a finished trial on pictures: what they compute, and the files that they make of it. */
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { joinPoints, pointAt } from '../../../src/base/points.ts';
import { readCsv } from '../../../src/disk/csv.ts';
import { heldOut, type InputImages, readInputImages } from '../../../src/inspect/latent/input-images.ts';
import { encodedEnds, interpolate, interpolateAlong, randomEnds } from '../../../src/inspect/latent/interpolate.ts';
import { reconstruct } from '../../../src/inspect/latent/reconstruct.ts';
import { traverse } from '../../../src/inspect/latent/traverse.ts';
import { openTrainedModel, type TrainedModel } from '../../../src/inspect/trained-model.ts';
import { sheetPixels } from '../../../src/pictures/sheet.ts';
import { type Finished, pictureTrial } from './tiny-trial.ts';

let trial: Finished;
let model: TrainedModel;
let given: InputImages;
beforeAll(async () => {
  trial = await pictureTrial('bigan');
  model = await openTrainedModel(trial.folder);
  given = heldOut({ kind: 'images', set: 'quarters', size: 8 }, trial.data, 5, 0);
});
afterAll(async () => {
  await model.close();
  await rm(trial.root, { recursive: true, force: true });
});

const encode = (x: Points) => model.encode?.(x) as Promise<Points>; // bigan has an encoder
const rowsOf = (csv: unknown) => readCsv(String(csv), 'csv').rows;
const numbers = (rows: ReturnType<typeof rowsOf>, column: string) => rows.map((row) => Number(row.get(column)));

/** The pixels of the pictures alone: names stand to their left and above. */
async function pictured(png: unknown, { width, height }: { readonly width: number; readonly height: number }) {
  const whole = await sharp(png as Uint8Array).metadata();
  return sharp(png as Uint8Array)
    .extract({ left: whole.width - width, top: whole.height - height, width, height })
    .raw()
    .toBuffer();
}

/** The pixels of a sheet, grey. */
async function decoded(png: unknown): Promise<{ width: number; height: number; data: Uint8Array }> {
  const { data, info } = await sharp(png as Uint8Array)
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { width: info.width, height: info.height, data };
}

describe('a model', () => {
  it('is a trial, whether its folder is named or the generator in it', async () => {
    expect(model).toMatchObject({ name: trial.id, shape: [8, 8, 1], prior: { kind: 'uniform', dim: 3 } });
    const same = await openTrainedModel(join(trial.folder, 'generator.onnx'));
    expect([same.name, same.encode === undefined]).toEqual([trial.id, false]);
    await same.close();
  });

  it('is a generator alone where its trial is not beside it, with the prior that it is said to have', async () => {
    const alone = join(trial.root, 'mine.onnx');
    await copyFile(join(trial.folder, 'generator.onnx'), alone);
    const [uniform, normal] = [await openTrainedModel(alone), await openTrainedModel(alone, 'normal')];
    expect(uniform.prior).toEqual({ kind: 'uniform', dim: 3, low: -1, high: 1 });
    expect(normal.prior).toEqual({ kind: 'normal', dim: 3, std: 1 });
    expect([uniform.encode, uniform.record, uniform.name]).toEqual([undefined, undefined, 'mine']);
    const z = randomEnds(model, 4, 0).z;
    expect(await uniform.generate(z)).toEqual(await model.generate(z));
    await uniform.close();
    await normal.close();
  });

  it('gives for many at once what it gives for each', async () => {
    const { z } = randomEnds(model, 70, 1); // more than run at once
    const all = await model.generate(z);
    for (const index of [0, 63, 64, 69]) {
      const one = await model.generate({ values: pointAt(z, index), count: 1, dim: 3 });
      for (const [at, value] of one.values.entries()) expect(pointAt(all, index)[at]).toBeCloseTo(value, 5);
    }
  });
});

describe('interpolate', () => {
  it('begins and ends each leg at E(x) of the pictures that are given, and G(E(x))', async () => {
    const ends = await encodedEnds(model, given);
    const codes = await encode(given.points);
    const back = await model.generate(codes);
    const way = await interpolateAlong(model, ends.z, 4, 'linear');
    expect([way.legs, way.z.count]).toEqual([5, 20]);
    for (let leg = 0; leg < 5; leg++) {
      for (const [index, picture] of [
        [4 * leg, leg],
        [4 * leg + 3, (leg + 1) % 5],
      ] as const) {
        expect(pointAt(way.z, index)).toEqual(pointAt(codes, picture));
        for (const [at, value] of pointAt(back, picture).entries())
          expect(pointAt(way.x, index)[at]).toBeCloseTo(value, 5);
      }
    }
  });

  it('draws a row a leg between the pictures themselves, a film of every step, and a table', async () => {
    const two = { ...given, points: { ...given.points, count: 2, values: given.points.values.subarray(0, 128) } };
    const ends = await encodedEnds(model, two);
    const { files, lines } = await interpolate(model, ends, { steps: 6, path: 'linear' });
    const { x } = await interpolateAlong(model, ends.z, 6, 'linear');
    const [first, last] = [0, 1].map((index) => ({ values: pointAt(two.points, index), count: 1, dim: 64 }));
    const expected = sheetPixels(joinPoints([first as Points, x, last as Points]), [8, 8, 1], { columns: 8 });
    const { width, height } = await decoded(files['interpolate.png']);
    expect([width > expected.width, height > expected.height]).toEqual([true, true]); // rows and columns have names
    expect(await pictured(files['interpolate.png'], expected)).toEqual(Buffer.from(expected.data));

    const gif = await sharp(files['interpolate.gif'] as Uint8Array, { animated: true }).metadata();
    expect([gif.pages, gif.loop, gif.delay]).toEqual([10, 0, Array(10).fill(120)]);
    const rows = rowsOf(files['interpolate.csv']);
    expect(numbers(rows, 't')).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    for (const [axis, value] of pointAt(ends.z, 0).entries())
      expect(Number(rows[0]?.get(`z${axis}`))).toBeCloseTo(value, 5);
    expect(rows[0]?.get('change')).toBe('');
    const difference = Math.hypot(...pointAt(x, 1).map((value, at) => value - (pointAt(x, 0)[at] as number)));
    expect(Number(rows[1]?.get('change'))).toBeCloseTo(difference / 8, 5); // √64 numbers
    expect(lines.join()).toMatch(/^1 leg of 6 steps, linear, between E\(x\) of /);
    expect(lines.join()).toContain('interpolate.gif goes there and back in 10 frames');
  });

  it('draws the same ends for the same seed, and as many legs as there are ends', async () => {
    const make = async (seed: number) =>
      (await interpolate(model, randomEnds(model, 3, seed), { steps: 3, path: 'spherical' })).files;
    const [one, same, other] = [await make(5), await make(5), await make(6)];
    expect(same).toEqual(one);
    expect(other['interpolate.csv']).not.toEqual(one['interpolate.csv']);
    expect(numbers(rowsOf(one['interpolate.csv']), 'leg')).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect((await sharp(one['interpolate.gif'] as Uint8Array, { animated: true }).metadata()).pages).toBe(6);
  });
});

describe('reconstruct', () => {
  it('says how far every picture is from G(E(x)), and draws both', async () => {
    const { files, lines } = await reconstruct(model, given);
    const back = await model.generate(await encode(given.points));
    const rows = rowsOf(files['reconstruct.csv']);
    const distances = given.names.map((_, index) =>
      Math.hypot(...pointAt(given.points, index).map((value, at) => value - (pointAt(back, index)[at] as number))),
    );
    expect(rows.map((row) => row.get('picture'))).toEqual(given.names);
    for (const [index, value] of numbers(rows, 'distance').entries())
      expect(value).toBeCloseTo(distances[index] ?? 0, 3);
    const mean = distances.reduce((sum, one) => sum + one, 0) / 5;
    expect(lines.join()).toContain(`Mean ‖x − G(E(x))‖ ${Number(mean.toPrecision(3))} data units`);
    expect(lines.join()).toMatch(/SSIM -?0\.\d+/);
    const expected = sheetPixels(joinPoints([given.points, back]), [8, 8, 1], { columns: 5 });
    expect(await pictured(files['reconstruct.png'], expected)).toEqual(Buffer.from(expected.data));
  });

  it('finds a picture of its own making that was saved and read again', async () => {
    const pixels = sheetPixels(given.points, [8, 8, 1], { columns: 1, side: 8 });
    const cut = { left: 2, top: 2, width: 8, height: 8 };
    const png = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
      .extract(cut)
      .png()
      .toBuffer();
    const path = join(trial.root, 'saved.png');
    await writeFile(path, png);
    const again = await readInputImages([path], model.shape, 1, '--pictures');
    for (const [at, value] of pointAt(again.points, 0).entries())
      expect(value).toBeCloseTo(pointAt(given.points, 0)[at] as number, 5);
    expect(again.notes).toEqual([]);
  });
});

describe('traverse', () => {
  it('draws a row a dimension and says how much each changes', async () => {
    const { files, lines } = await traverse(model, { dimensions: [2, 0], steps: 4, range: 1, seed: 0 });
    const rows = rowsOf(files['traverse.csv']);
    expect(numbers(rows, 'dimension')).toEqual([2, 2, 2, 2, 0, 0, 0, 0]);
    expect(numbers(rows, 'value').slice(0, 4)).toEqual([-1, -0.333333, 0.333333, 1]);
    const mean = (part: number[]) => Number((part.reduce((sum, one) => sum + one, 0) / 4).toPrecision(3));
    const changes = numbers(rows, 'change');
    expect(lines.join()).toContain(`z2 ${mean(changes.slice(0, 4))}, z0 ${mean(changes.slice(4))}`);
    const { width, height } = await decoded(files['traverse.png']);
    expect([width > 4 * 66 + 2, height > 2 * 66 + 2]).toEqual([true, true]); // rows and columns have names
  });

  it('warns of ranges that leave the prior', async () => {
    const { lines } = await traverse(model, { steps: 2, range: 1.5, seed: 0 });
    expect(lines.join()).toContain('A range above 1 leaves the bounds of the prior');
  });
});
