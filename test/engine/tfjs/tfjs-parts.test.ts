/** tfjs's core with the parts that are added to it, against what tfjs declares. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import '../../../src/engine/tfjs-parts.ts';

const methodsFolder = join(dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-core'))), 'public/chained_ops');

it('tensors have every method that tfjs declares', () => {
  const declared = readdirSync(methodsFolder)
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => [...readFileSync(join(methodsFolder, file), 'utf8').matchAll(/^ {8}(\w+)(?=[<(])/gm)])
    .map(([, name = '']) => name);
  expect(declared.length).toBeGreaterThan(130);
  expect(declared.filter((name) => !(name in tf.Tensor.prototype))).toEqual([]);
});

it('a method is its operation on the tensor', async () => {
  await tf.setBackend('cpu');
  const x = tf.tensor([1, 2, 3, 4]);
  const pair = tf.tensor([0.5, 1.5]);
  const is = (found: tf.Tensor, wanted: number[] | number[][] | number) => expect(found.arraySync()).toEqual(wanted);
  is(x.add(1).mul(2), [4, 6, 8, 10]);
  is(x.as2D(2, 2).sum(0), [4, 6]);
  is(x.sum().asScalar(), 10);
  is(x.as2D(2, 2).flatten().mean(), 2.5);
  is(pair.concat(x).slice([1], [2]), [1.5, 1]);
  is(pair.concat([x, pair]).max(), 4);
  is(pair.stack(pair, 1), [
    [0.5, 0.5],
    [1.5, 1.5],
  ]);
  is(x.where(x.greater(2), x.neg()), [-1, -2, 3, 4]);
  is(pair.toInt(), [0, 1]);
  is(x.reshapeAs(tf.zeros([2, 2])), [
    [1, 2],
    [3, 4],
  ]);
  is(tf.grad((y) => y.square().sum())(x), [2, 4, 6, 8]);
});
