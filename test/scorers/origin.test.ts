/** Which files decide a trial's numbers, by their bytes: another set, other weights or another card is another origin. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { originHash } from '../../src/catalogue/origin.ts';
import { originReader } from '../../src/scorers/origin.ts';
import { specOf } from '../cli/records.ts';
import { writePictureSet } from '../pictures/picture-set.ts';
import { pictureSpec } from '../trial/picture-specs.ts';

const root = mkdtempSync(join(tmpdir(), 'modebench-origin-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const judge = join(root, 'judge.onnx');
const card = { name: 'a judge', input: { shape: [8, 8, 1], mean: [0.5], std: [0.5] }, output: { features: 'f' } };
const write = (bytes: string, text: object = card) => {
  writeFileSync(judge, bytes);
  writeFileSync(judge.replace('.onnx', '.json'), JSON.stringify(text));
};
/** A reader knows what it once read; every question here is a new command's. */
const originOf = (change: object = {}) =>
  originReader(
    builtIn,
    root,
  )({
    ...pictureSpec('gan', { set: 'quarters', measures: [{ kind: 'frechet' }], scorer: judge }),
    ...change,
  });

it('is that of the set, of the scorer and of its card; none for points', async () => {
  write('weights');
  expect(await originOf()).toBeUndefined(); // not prepared yet
  await writePictureSet(root, 'quarters', { train: 40 });
  const found = [await originOf()];
  write('other weights');
  found.push(await originOf());
  write('other weights', { ...card, input: { ...card.input, mean: [0] } });
  found.push(await originOf());
  rmSync(join(root, 'quarters'), { recursive: true });
  await writePictureSet(root, 'quarters', { train: 41 });
  found.push(await originOf());
  expect(new Set(found.map(originHash)).size).toBe(4);
  expect(found[2]?.data).toBe(found[0]?.data);
  expect(found[3]?.scorer).toBe(found[2]?.scorer);
  expect(await originReader(builtIn, root)(specOf('gan', 0))).toBeUndefined();
});

it('has no scorer where no metric asks one, and is unknown until its own classifier is there', async () => {
  expect(Object.keys((await originOf({ measures: [{ kind: 'ssim' }] })) ?? {})).not.toContain('scorer');
  expect(await originOf({ scorer: { model: 'own' } })).toBeUndefined();
});

it('is refused where what the user brought is not sound', async () => {
  const text = readFileSync(judge.replace('.onnx', '.json'));
  rmSync(judge);
  await expect(originOf()).rejects.toThrow(/judge\.onnx: expected an ONNX file/);
  writeFileSync(judge.replace('.onnx', '.json'), text.subarray(0, 9));
  writeFileSync(judge, 'weights');
  await expect(originOf()).rejects.toThrow(/judge\.json: /);
});
