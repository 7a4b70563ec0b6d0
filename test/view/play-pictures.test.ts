/** Pictures that are played: a sheet and shares of classes in place of the plane, no classifier trained, nothing written. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import { PlaySession } from '../../src/trial/play-session.ts';
import type { PlayedFrame, Report } from '../../src/view/play/messages.ts';
import { PlayLoop } from '../../src/view/play/play-loop.ts';
import { groundOf } from '../../src/view/play/subject.ts';
import { writePictureSet } from '../pictures/picture-set.ts';
import { noNative } from '../support/native.ts';
import { pictureSpec } from '../trial/picture-specs.ts';

const measures = [{ kind: 'class-coverage' }];
const quarters = ['upper left', 'upper right', 'lower left', 'lower right'];

/** A set of pictures, and a judge that takes the brightest quarter for the class. */
async function prepared(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'modebench-played-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  await writePictureSet(data, 'quarters', { train: 300, heldOut: 60 });
  const judge = networkFile({ x: [8, 8, 1] }, ({ x }) => {
    const halves = tf.split(x as tf.Tensor, 2, 1).flatMap((rows) => tf.split(rows, 2, 2)); // of the shape above
    const features = tf.concat(
      halves.map((quarter) => tf.mean(quarter, [1, 2])),
      1,
    );
    return { features, logits: tf.mul(features, 20) };
  });
  writeFileSync(join(data, 'judge.onnx'), judge);
  const card = {
    name: 'the brightest quarter',
    input: { shape: [8, 8, 1], layout: 'nhwc', mean: [0.5], std: [0.5] },
    output: { features: 'features', logits: 'logits' },
    labels: { kind: 'classes', heads: [quarters] },
  };
  writeFileSync(join(data, 'judge.json'), JSON.stringify(card));
  return data;
}

it.skipIf(noNative !== '')('shows a sheet and the classes of its samples, step by step', async () => {
  const data = await prepared();
  const spec = pictureSpec('bigan', { set: 'quarters', measures, scorer: join(data, 'judge.onnx') });
  const told: Report[] = [];
  const subject = { kind: 'settings', experiment: 'pictures', trial: 'one' } as const;
  const ground = groundOf({ variant: '', seed: 0 }, subject, { spec, folder: '' }, data);
  const loop = await PlayLoop.open(ground, [{ turn: 'both', steps: 3 }], (report) => told.push(report));
  onTestFinished(() => loop.close());
  await loop.settled();
  const { frame } = told.findLast((report): report is PlayedFrame => report.kind === 'frame') as PlayedFrame;
  expect(frame.step).toBe(3);
  if (frame.picture.kind !== 'sheet') throw new Error(frame.picture.kind);
  const { uri, shares = [] } = frame.picture;
  const { width, height } = await sharp(Buffer.from(uri.split(',')[1] ?? '', 'base64')).metadata();
  expect([width, height]).toEqual([8 * 50 + 2, 6 * 50 + 2]);
  expect(shares.map(({ mode }) => mode)).toEqual(quarters);
  for (const side of ['real', 'generated'] as const)
    expect(shares.reduce((sum, share) => sum + share[side], 0)).toBeCloseTo(1, 6);
});

it.skipIf(noNative !== '')('trains no classifier where there is none, and says who cannot do without', async () => {
  const data = await prepared();
  const before = readdirSync(join(data, 'quarters'));
  const own = { set: 'quarters', measures, scorer: 'own' };
  const session = await PlaySession.open(pictureSpec('gan', own), builtIn, data);
  await session.advance('both');
  expect(await session.look()).toMatchObject({ kind: 'pictures', step: 1, shares: [] });
  await session.close();
  await expect(PlaySession.open(pictureSpec('guided', own), builtIn, data)).rejects.toThrow(
    'guided is guided by a classifier of quarters, which a run trains first',
  );
  expect(readdirSync(join(data, 'quarters'))).toEqual(before);
});
