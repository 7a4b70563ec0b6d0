/** Pictures and scorers on two machines: the same bytes, or one line that says what is not there. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { bringsScorer, inputsReader, localSpec, requireData, requireInputs } from '../../../src/launch/redis/inputs.ts';
import { readScorerFile } from '../../../src/scorers/scorer-file.ts';
import { specOf } from '../../cli/records.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import { sharedScratch } from './kit.ts';

const home = sharedScratch();
const away = sharedScratch();
beforeAll(async () => {
  await writePictureSet(home, 'quarters', { train: 100 });
  await writePictureSet(home, 'plain', { train: 50, labels: 'none' });
});

const judged = { set: 'quarters', measures: [{ kind: 'frechet' }] } as const;

describe('what a trial reads', () => {
  it('is nothing for points, the set for pictures, its classifier too where that judges', async () => {
    const inputsOf = inputsReader(home);
    expect(await inputsOf({ spec: specOf('gan', 0) })).toEqual({ sets: [], files: [] });
    expect(() => requireData(specOf('gan', 0))).not.toThrow();
    const gone = { kind: 'points', file: join(away, 'gone.csv'), sha256: '0'.repeat(64), scale: 1 };
    expect(() => requireData({ ...specOf('gan', 0), data: gone })).toThrow(/^data\.file: there is no file/);
    const plain = await inputsOf({ spec: pictureSpec('gan', { set: 'plain', measures: [{ kind: 'ssim' }] }) });
    expect(plain).toEqual({ sets: [{ name: 'plain', sha256: expect.any(String) }], files: [] });
    const own = await inputsOf({ spec: pictureSpec('gan', { ...judged, scorer: 'own' }) });
    expect(own.files.map(({ name }) => name.replace(/^.*\./, ''))).toEqual(['onnx', 'json', 'f32']);

    const places = { data: away };
    await expect(requireInputs(own, places)).rejects.toThrow(/quarters is not there: npm run data/);
    cpSync(home, away, { recursive: true });
    await requireInputs(own, places);
    await requireInputs(plain, places);
    const scorer = readdirSync(join(away, 'quarters')).find((name) => name.endsWith('.onnx')) ?? '';
    writeFileSync(join(away, 'quarters', scorer), 'another');
    await expect(requireInputs(own, places)).rejects.toThrow(/is not that of the run: copy the folder quarters/);
    rmSync(join(away, 'quarters', scorer));
    await expect(requireInputs(own, places)).rejects.toThrow(/is not there: copy the folder quarters/);
    rmSync(join(away, 'plain'), { recursive: true });
    await writePictureSet(away, 'plain', { train: 60, labels: 'none' });
    await expect(requireInputs(plain, places)).rejects.toThrow(/plain on .* is not the set of the run/);
    await expect(requireInputs(plain, places)).rejects.toThrow(UsageError);
  }, 120_000);

  const card = (name: string) => ({
    name,
    input: { shape: [2, 2, 1], mean: [0], std: [1] },
    output: { features: 'features' },
  });

  it("is the user's own scorer by content: each machine says where it has it", async () => {
    for (const folder of [home, away]) {
      mkdirSync(join(folder, 'scorers'), { recursive: true });
      writeFileSync(join(folder, 'scorers/judge.onnx'), 'a network');
      writeFileSync(join(folder, 'scorers/judge.json'), JSON.stringify(card('judge')));
    }
    const [theirs, ours] = [home, away].map((folder) => join(folder, 'scorers/judge.onnx'));
    const spec = pictureSpec('gan', { ...judged, scorer: theirs ?? '' });
    expect(bringsScorer(spec)).toBe(true);
    const inputs = await inputsReader(home)({ spec });
    expect(inputs.scorer).toBe((await readScorerFile(theirs ?? '')).hash);
    const places = { data: home, scorer: ours ?? '' };
    await requireInputs(inputs, places);
    expect(localSpec(spec, inputs, places).scorer).toEqual({ model: ours });
    await expect(requireInputs(inputs, { data: home })).rejects.toThrow(/start the worker with --scorer/);
    writeFileSync(join(away, 'scorers/judge.json'), JSON.stringify(card('another')));
    await expect(requireInputs(inputs, places)).rejects.toThrow(/is not the scorer of the run/);
  });
});
