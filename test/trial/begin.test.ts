/** On which engine a trial runs: the one that began it, else the first that covers it. No trial is made of two. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtIn, Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Where } from '../../src/engine/engines.ts';
import { decodeRecord, encodeRecord } from '../../src/store/record.ts';
import { type Progress, runTrial } from '../../src/trial/run-trial.ts';
import { noNative } from '../support/native.ts';
import { planned, smallSpec } from './specs.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-begin-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [native, onnx]: readonly [Where, Where] = [
  { engine: 'native', device: 'cpu' },
  { engine: 'onnx', device: 'cpu' },
];
const trial = planned(smallSpec('gan', 3));
const context = (where: Where & { readonly instead?: Where }, onProgress: (progress: Progress) => void = () => {}) =>
  ({ ...where, data: folder, folder, onProgress, checkpointSeconds: 0 }) as const;

const samples = () => readFile(join(folder, 'samples.csv'), 'utf8');

/** The samples of a trial that one engine trained from its first step to its last. */
async function whole(where: Where): Promise<string> {
  await runTrial(trial, context(where));
  const found = await samples();
  await rm(join(folder, 'checkpoint'));
  return found;
}

/** Leaves a checkpoint of step 8. */
async function cutOff(where: Where): Promise<void> {
  const cut = ({ step }: Progress) => {
    if (step === 8) throw new Error('cut off');
  };
  await expect(runTrial(trial, context(where, cut))).rejects.toThrow('cut off');
}

describe.skipIf(noNative)(`a trial that was begun on an engine${noNative}`, () => {
  it('goes on there where the engine was left to choose', async () => {
    const expected = await whole(onnx);
    await cutOff(onnx);
    const seen: number[] = [];
    const record = await runTrial(
      trial,
      context({ ...native, instead: onnx }, ({ step }) => seen.push(step)),
    );
    expect(seen[0]).toBe(16);
    expect(record).toMatchObject({ engine: 'onnx', because: 'it was begun on onnx' });
    expect(await samples()).toBe(expected);
  });

  it('starts again on another that is asked for by name', async () => {
    const expected = await whole(native);
    expect(await whole(onnx)).not.toBe(expected);
    await cutOff(onnx);
    const seen: number[] = [];
    const record = await runTrial(
      trial,
      context(native, ({ step }) => seen.push(step)),
    );
    expect(seen[0]).toBe(8);
    expect(record.engine).toBe('native');
    expect(record).not.toHaveProperty('because');
    expect(await samples()).toBe(expected);
  });

  it('starts again where that engine does not run', async () => {
    const expected = await whole(onnx);
    await cutOff(native);
    await runTrial(trial, context(onnx));
    expect(await samples()).toBe(expected);
  });
});

describe.skipIf(noNative)(`a trial with what machine code lacks${noNative}`, () => {
  const lacking = 'a product of several matrices at once';
  /** Two products of matrices at once. */
  const pairs = (logits: tf.Tensor) => tf.matMul(logits.reshape([2, -1, 1]), logits.reshape([2, 1, -1]));
  const methods = builtIn.cards.methods.map((card) => ({
    ...card,
    load: async () => {
      const losses = await card.load();
      const generatorLoss: typeof losses.generatorLoss = (step) =>
        tf.add(losses.generatorLoss(step), tf.mul(1e-9, tf.sum(pairs(step.logits.fake))));
      return { ...losses, generatorLoss };
    },
  }));
  const catalogue = new Catalogue({ ...builtIn.cards, methods });

  it('runs on the other engine, and its record says why', async () => {
    const record = await runTrial(trial, { ...context({ ...native, instead: onnx }), catalogue });
    expect(record).toMatchObject({
      status: 'done',
      engine: 'onnx',
      because: `engine native: ${lacking} is not covered`,
    });
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
  });

  it('is refused by name where there is no other', async () => {
    await expect(runTrial(trial, { ...context(native), catalogue })).rejects.toThrow(
      `engine native: ${lacking} is not covered; --engine onnx has it`,
    );
  });
});
