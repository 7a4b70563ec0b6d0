/** What is made before trials start: sets and classifiers, once each, and one line for what the user has to bring. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { checkInputs, prepareInputs } from '../../../src/cli/exp/prepare-inputs.ts';
import { sampleExperiment } from '../../experiment/sample.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import { planned, smallSpec } from '../../trial/specs.ts';

let data = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'modebench-inputs-'));
  await writePictureSet(data, 'quarters', { train: 100 });
  await writePictureSet(data, 'plain', { train: 50, labels: 'none' });
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function prepare(...specs: Parameters<typeof planned>[0][]): Promise<string[]> {
  const told: string[] = [];
  const signal = new AbortController().signal;
  await prepareInputs(
    { trials: specs.map(planned), experiment: sampleExperiment },
    data,
    (line) => told.push(line),
    signal,
  );
  return told;
}
const scored = { set: 'quarters', measures: [{ kind: 'frechet' }], scorer: 'own' } as const;
const plain = { set: 'plain', measures: [{ kind: 'ssim' }] } as const;

it('nothing where trials need nothing: points, and pictures that are there and that no classifier judges', async () => {
  expect(await prepare(smallSpec('gan'), pictureSpec('bigan', plain))).toEqual([]);
  expect(await prepare(pictureSpec('bigan', { ...plain, scorer: 'own' }))).toEqual([]);
  expect(await readdir(join(data, 'plain'))).toHaveLength(2);
});

it('the classifier that judges or guides, once for all methods and seeds', async () => {
  const specs = [0, 1].flatMap((seed) =>
    (['gan', 'bigan'] as const).map((name) => pictureSpec(name, { ...scored, seed })),
  );
  const told = await prepare(...specs, pictureSpec('guided', scored));
  expect(told).toHaveLength(2);
  expect(told[0]).toBe('training a classifier of quarters for the scores (once)');
  expect((await readdir(join(data, 'quarters'))).filter((name) => name.endsWith('.onnx'))).toHaveLength(1);
  expect(await prepare(...specs)).toEqual([]);
}, 120_000);

it.each([
  ['that nobody prepared', { ...scored, set: 'nowhere' }, /nowhere is not there: npm run data/],
  ['that the user has to bring', { ...scored, set: 'cifar10' }, /cifar10 is not there: .*cifar10/],
  ['without the labels that a classifier needs', { ...scored, set: 'plain' }, /^scorer\.model: plain has no labels/],
  [
    'with a scorer that is not there',
    { ...scored, scorer: '/nowhere.onnx' },
    /^\/nowhere\.onnx: expected an ONNX file/,
  ],
])('one line for a set %s, from a dry run, too', async (_, wishes, says) => {
  const plan = { trials: [planned(pictureSpec('gan', wishes))], experiment: sampleExperiment };
  for (const ask of [() => prepare(pictureSpec('gan', wishes)), () => checkInputs(plan, data)]) {
    const error = await ask().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(says);
    expect((error as UsageError).message).not.toContain('\n');
  }
});

it('a dry run makes nothing of what a run would make', async () => {
  const specs = [pictureSpec('gan', { ...scored, set: 'mnist' }), pictureSpec('gan', scored)];
  const before = await readdir(data, { recursive: true });
  await checkInputs({ trials: specs.map(planned), experiment: sampleExperiment }, data);
  expect(await readdir(data, { recursive: true })).toEqual(before);
});

it.each([
  ['a size', { size: 6 }, /^data\.size: expected one of 8, 4, got 6: plain holds pictures of 8 × 8/],
  ['a share of empty pictures', { empty: 0.5 }, /^data\.empty: expected a set with attributes .*plain has none$/],
])('%s that the set cannot be had at is refused before a trial starts', async (_, wish, says) => {
  const spec = pictureSpec('gan', plain);
  const plan = { trials: [planned({ ...spec, data: { ...spec.data, ...wish } })], experiment: sampleExperiment };
  await expect(checkInputs(plan, data)).rejects.toThrow(says);
  await expect(prepareInputs(plan, data, () => {}, new AbortController().signal)).rejects.toThrow(says);
});
