/** Networks from files: ONNX as a damaged disk or anybody may have left it, and numbers that are not those of a trial. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import { openTrainedModel } from '../../src/inspect/trained-model.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import { openScorer } from '../../src/scorers/onnx-scorer.ts';
import { put, scratch } from '../datasets/pictures/files.ts';
import { mutated } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

/** One bit or one byte changed: more breaks the frame of the file, and nothing behind it is tried. */
const touched = (file: Uint8Array): fc.Arbitrary<Buffer> =>
  fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
    const copy = Buffer.from(file);
    copy[at] = (copy[at] ?? 0) ^ change;
    return copy;
  });
const damaged = (file: Uint8Array) => fc.oneof({ weight: 4, arbitrary: touched(file) }, mutated(file));

test('a generator: samples of as many numbers as it says, or one line', async () => {
  const folder = scratch();
  const file = networkFile({ z: [2] }, ({ z }) => ({ x: tf.relu(tf.matMul(z as tf.Tensor, tf.ones([2, 3]))) })); // of the shape above
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(damaged(file), async (bytes) => {
      const path = put(folder, 'generator.onnx', bytes);
      const model = await openTrainedModel(path).catch((error) => {
        expect(error).toBeInstanceOf(UsageError);
        expect(error.message).toContain(path);
      });
      if (model === undefined) return;
      const { dim } = model.prior;
      if (dim < 1000) {
        const made = await model.generate({ values: new Float32Array(3 * dim), count: 3, dim }).catch(() => undefined);
        if (made) ran++;
      }
      await model.close();
    }),
    runs(150),
  );
  expect(ran).toBeGreaterThan(0);
});

test('a scorer: features of every example, or one line', async () => {
  const folder = scratch();
  const file = networkFile({ x: [2, 2, 1] }, ({ x }) => {
    const flat = (x as tf.Tensor).reshape([(x as tf.Tensor).shape[0] ?? 1, -1]); // of the shape above
    return { flat, both: tf.mul(3, flat) };
  });
  put(
    folder,
    'judge.json',
    JSON.stringify({
      name: 'a judge',
      input: { shape: [2, 2, 1], mean: [0.5], std: [0.5] },
      output: { features: 'flat', logits: 'both' },
    }),
  );
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(damaged(file), async (bytes) => {
      const path = put(folder, 'judge.onnx', bytes);
      const scorer = await valueOrLine(() => openScorer(path), { usage: true, says: folder });
      if (scorer === undefined) return;
      const { features } = await scorer.judge({ values: new Float32Array(12), count: 3, dim: 4 }, [2, 2, 1]);
      expect(features.values).toHaveLength(3 * features.dim);
      ran++;
      await scorer.dispose();
    }),
    runs(150),
  );
  expect(ran).toBeGreaterThan(0);
});
