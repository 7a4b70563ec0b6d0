/** Scorers, folders of pictures and trials, all small, for tests of what is scored by what. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import '../../../src/engine/tfjs-parts.ts';
import { onTestFinished } from 'vitest';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import type { MethodName } from '../../../src/experiment/define.ts';
import { networkFile } from '../../../src/nets/network-file.ts';
import type { Section as MetricSpec } from '../../../src/schema/kind.ts';
import type { ScorerCard } from '../../../src/scorers/scorer-file.ts';
import { encodeRecord } from '../../../src/store/record.ts';
import { runTrial } from '../../../src/trial/run-trial.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import { planned } from '../../trial/specs.ts';

/** A folder that goes with the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-score-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export const quarters = ['upper left', 'upper right', 'lower left', 'lower right'];

/**
 * Looks at the means of the four quarters of a picture of `[8, 8, channels]`: features are these, logits twenty times
 * them, so that a picture with one bright quarter is of that class.
 */
export async function writeScorer(path: string, card: Partial<ScorerCard> = {}, channels = 1): Promise<string> {
  const file = networkFile({ x: [8, 8, channels] }, ({ x }) => {
    const rows = tf.split(x as tf.Tensor, 2, 1).flatMap((half) => tf.split(half, 2, 2));
    const features = tf.concat(
      rows.map((quarter) => tf.mean(quarter, [1, 2, 3]).reshape([-1, 1])),
      1,
    );
    return { features, logits: tf.mul(features, 20) };
  });
  const whole = {
    name: 'means of quarters',
    input: { shape: [8, 8, channels], mean: [0.5], std: [0.5] },
    output: { features: 'features', logits: 'logits' },
    ...card,
  };
  await writeFile(path, file);
  await writeFile(path.replace(/\.onnx$/, '.json'), JSON.stringify(whole));
  return path;
}

/** The same, with other outputs made of the means of the quarters, `[batch, 4]`. */
export async function writeOddScorer(
  path: string,
  outputs: (means: tf.Tensor) => Record<string, tf.Tensor>,
  output: ScorerCard['output'],
  labels?: ScorerCard['labels'],
): Promise<string> {
  const file = networkFile({ x: [8, 8, 1] }, ({ x }) => {
    const rows = tf.split(x as tf.Tensor, 2, 1).flatMap((half) => tf.split(half, 2, 2));
    return outputs(
      tf.concat(
        rows.map((quarter) => tf.mean(quarter, [1, 2, 3]).reshape([-1, 1])),
        1,
      ),
    );
  });
  const card = { name: 'odd', input: { shape: [8, 8, 1], mean: [0.5], std: [0.5] }, output, ...(labels && { labels }) };
  await writeFile(path, file);
  await writeFile(path.replace(/\.onnx$/, '.json'), JSON.stringify(card));
  return path;
}

/** Pictures `from` … `to` − 1 of a prepared set as PNG files. */
export async function writePictures(dataRoot: string, name: string, folder: string, [from, to]: [number, number]) {
  const set = openImageSet(dataRoot, name);
  const [height, width, channels] = set.shape;
  const pixels = new Uint8Array(height * width * channels);
  await mkdir(folder, { recursive: true });
  for (let index = from; index < to; index++) {
    set.read(index, pixels);
    const png = await sharp(pixels, { raw: { width, height, channels: channels as 1 | 3 } })
      .png()
      .toBuffer();
    await writeFile(join(folder, `${index}.png`), png);
  }
}

/** One flat picture. */
export async function writeFlat(path: string, [width, height]: readonly [number, number], grey = 100): Promise<void> {
  const background = { r: grey, g: grey, b: grey };
  await writeFile(
    path,
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );
}

/** Trains it to its end in a folder of its own, as a store has them; returns the folder and the record. */
export async function trainedTrial(
  method: MethodName,
  dataRoot: string,
  wishes: { readonly set: string; readonly measures: readonly MetricSpec[]; readonly scorer: string; samples: number },
) {
  const spec: ResolvedSpec = { ...pictureSpec(method, wishes), experiment: 'quarters' };
  const trial = planned(spec);
  const folder = join(dataRoot, 'trials', trial.id);
  mkdirSync(folder, { recursive: true });
  const record = await runTrial(trial, { engine: 'onnx', device: 'cpu', data: dataRoot, folder, onProgress() {} });
  rmSync(join(folder, 'checkpoint'), { force: true });
  writeFileSync(join(folder, 'trial.json'), encodeRecord(record));
  return { folder, record };
}
