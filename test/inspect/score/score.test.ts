/** Whole scorings, from files to the document: of a trial, and of folders of pictures. */
import { rmSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { type ScoreRequest, score } from '../../../src/inspect/score/score.ts';
import type { Section as MetricSpec } from '../../../src/schema/kind.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { quarters, scratch, trainedTrial, writeFlat, writePictures, writeScorer } from './setup.ts';

const labels = { kind: 'classes', heads: [quarters] } as const;

async function place(labelled = true) {
  const root = scratch();
  await writePictureSet(root, 'quarters');
  const scorer = await writeScorer(
    join(root, 'means.onnx'),
    labelled ? { labels: { kind: 'classes', heads: [quarters] } } : {},
  );
  return { root, scorer, pictures: join(root, 'pictures') };
}

function scored(request: Pick<ScoreRequest, 'path' | 'dataRoot'> & Partial<ScoreRequest>) {
  const told: string[] = [];
  return score({ splits: 10, seed: 0, ...request }, { tell: (line) => told.push(line), step() {} });
}

describe('a folder of pictures', () => {
  it('that holds the set itself is at no distance from it, and has all of its modes', async () => {
    const { root, scorer, pictures } = await place();
    await writePictures(root, 'quarters', pictures, [0, 600]);
    const { document, trial } = await scored({ path: pictures, against: 'quarters', scorer, dataRoot: root });
    expect(trial).toBeUndefined();
    const { scores, counts } = document;
    expect(counts).toEqual({ generated: 600, real: 600, realAgainstReal: 100, paired: 600 });
    expect(document.split).toEqual({ real: 'train', realAgainstReal: 'held-out' });
    expect(scores.fid).toBeCloseTo(0, 9);
    expect(scores).toMatchObject({ precision: 1, recall: 1, coverage: 1, ndb: 0, modesCaptured: 4, reverseKL: 0 });
    expect(document.modes).toBe(4);
    // the same pictures in another order: only the parts of the splits differ
    expect(scores.inceptionScore).toBeCloseTo(document.realAgainstReal.inceptionScore ?? 0, 1);
    // KID is unbiased: of equal sets it is about −mean(k(x, x) − k(x, y)) · 2 / n, never above 0
    expect(scores.kid).toBeLessThanOrEqual(0);
    expect(document.realAgainstReal.fid).toBeGreaterThan(0);
    expect(document.notes).toEqual([
      'real against real: quarters has 100 further examples, which score worse than as many as the samples would',
    ]);
  });

  it('without the pictures of a mode shows which figures tell it', async () => {
    const { root, scorer, pictures } = await place();
    await writePictures(root, 'quarters', pictures, [0, 600]);
    const set = openImageSet(root, 'quarters');
    for (let index = 0; index < 600; index++) {
      if (set.labelsOf(index)[0] === 2) rmSync(join(pictures, `${index}.png`));
    }
    const { document } = await scored({ path: pictures, against: 'quarters', scorer, dataRoot: root });
    expect(document.scores.modesCaptured).toBe(3);
    expect(document.realAgainstReal.modesCaptured).toBe(4);
    expect(document.scores.inceptionScore).toBeCloseTo(3, 0);
    expect(document.scores.recall).toBeLessThan(0.85);
    expect(document.scores.precision).toBeGreaterThan(0.95);
    expect(document.scores.fid).toBeGreaterThan(10 * (document.realAgainstReal.fid ?? Number.NaN));
  });

  it('is read in an order of the seed’s: named by class, its pictures do not come class by class', async () => {
    const { root, scorer, pictures } = await place(false);
    await writePictures(root, 'quarters', pictures, [0, 400]);
    const set = openImageSet(root, 'quarters');
    for (let index = 0; index < 400; index++)
      await rename(join(pictures, `${index}.png`), join(pictures, `${set.labelsOf(index)[0]}-${index}.png`));
    const again = (seed: number) =>
      scored({ path: pictures, against: 'quarters', scorer, samples: 400, seed, dataRoot: root });
    const [one, two, other] = [await again(0), await again(0), await again(1)];
    // class by class, eight of ten splits would hold one class and score 1
    expect(one.document.scores.inceptionScore).toBeGreaterThan(3);
    expect(two).toEqual(one);
    expect(other.document.scores.inceptionScore).not.toBe(one.document.scores.inceptionScore);
    // a scorer without labels has classes, but no modes
    expect(one.document.scores.modesCaptured).toBeUndefined();
  });

  it('leaves out files that are no pictures and names them; few pictures are said to be few', async () => {
    const { root, scorer, pictures } = await place();
    await writePictures(root, 'quarters', pictures, [0, 20]);
    await writeFile(join(pictures, 'notes.txt'), 'not a picture');
    await writeFile(join(pictures, 'cut.png'), '\x89PNG\r\n');
    const { document } = await scored({ path: pictures, against: 'quarters', scorer, dataRoot: root });
    expect(document.counts).toMatchObject({ generated: 20, real: 20, realAgainstReal: 20 });
    expect(document.split.realAgainstReal).toBe('train');
    expect(document.notes).toEqual([
      expect.stringMatching(/^skipped 2 files: .*(cut\.png \(.+notes\.txt \(not a picture\)|notes\.txt .+cut\.png \()/),
      '20 pictures: scores of fewer than 50 mean little',
    ]);
  });

  it('of any sizes is brought to one that is named, and the document says so', async () => {
    const { root, scorer, pictures } = await place();
    await mkdir(pictures);
    await writeFlat(join(pictures, 'a.png'), [8, 8]);
    await writeFlat(join(pictures, 'b.png'), [20, 12]);
    await writeFlat(join(pictures, 'c.png'), [16, 16]);
    const { document } = await scored({ path: pictures, against: 'quarters', scorer, size: 8, dataRoot: root });
    expect(document.resize).toEqual({
      scored: '2 of 3 cut to the middle square and resized to 8 (Lanczos), to grey (BT.601)',
      data: 'none',
      scorer: 'none',
    });
    const smaller = await scored({ path: pictures, against: 'quarters', scorer, size: 4, dataRoot: root });
    expect(smaller.document.resize).toMatchObject({ data: 'area average 8 → 4', scorer: 'bilinear 4 → 8' });
    expect(smaller.document.data.size).toBe(4);
  });

  it('is scored by the set’s own classifier where no other is named', async () => {
    const { root, pictures } = await place();
    await writePictures(root, 'quarters', pictures, [0, 100]);
    const { document } = await scored({ path: pictures, against: 'quarters', dataRoot: root });
    expect(document.scorer.says).toMatch(/^own CNN for 4 classes of quarters, \d.* % right on 1,000 held-out/);
    expect(document.scores).toMatchObject({ modesCaptured: 4 });
  });

  it('is scored by a file that PyTorch wrote', async () => {
    const { root, pictures } = await place();
    await writePictures(root, 'quarters', pictures, [0, 100]);
    for (const ending of ['onnx', 'json'])
      await copyFile(new URL(`fixtures/tiny-torch.${ending}`, import.meta.url), join(root, `tiny-torch.${ending}`));
    const { document } = await scored({
      path: pictures,
      against: 'quarters',
      scorer: join(root, 'tiny-torch.onnx'),
      dataRoot: root,
    });
    expect(document.resize.scorer).toBe('bilinear 8 → 9, grey to 3 channels');
    expect(document.scorer.says).toMatch(/^a tiny CNN of PyTorch, pictures at 9 × 9, [0-9a-f]{8}$/);
    // classes of its own: an Inception Score, and no modes
    expect(document.scores.inceptionScore).toBeGreaterThanOrEqual(1);
    expect(document.modes).toBeNull();
    expect(document.scores.modesCaptured).toBeUndefined();
  });
});

describe('a trial', () => {
  const measures: MetricSpec[] = [
    { kind: 'class-coverage' },
    { kind: 'inception-score', splits: 10 },
    { kind: 'frechet' },
    { kind: 'kernel', subsets: 100, size: 1000 },
    { kind: 'prdc', neighbours: 5 },
    { kind: 'ndb', bins: 100 },
    { kind: 'birthday' },
    { kind: 'ssim' },
    { kind: 'reconstruction' },
  ];

  it('scores what its own record says, real against real included', async () => {
    const { root, scorer } = await place();
    const { folder, record } = await trainedTrial('bigan', root, { set: 'quarters', measures, scorer, samples: 250 });
    const { document, trial } = await scored({ path: folder, scorer, samples: 250, dataRoot: root });
    expect(trial).toEqual({ folder, size: 8 });
    expect(document.scored).toEqual({ kind: 'trial', name: record.id, says: 'bigan of quarters, seed 0' });
    const { scores, realAgainstReal } = document;
    const names = Object.keys(record.metrics).filter((name) =>
      /^(modes|reverse|jensen|inception|fid|kid|precis|recall|dens|cover|ndb|birth|ssim|recon)/.test(name),
    );
    expect(names.length).toBe(33);
    for (const name of names) {
      const own = record.metrics[name] ?? Number.NaN;
      const found = name.endsWith('Real') ? realAgainstReal[name.slice(0, -4)] : scores[name];
      if (Number.isFinite(own)) expect(found, name).toBeCloseTo(own, 3);
      else expect(found, name).toBeNull();
    }
    expect(document.scorer.says).toBe(record.scorer);
  });

  it('of data that were made again since says so', async () => {
    const { root, scorer } = await place();
    const { folder } = await trainedTrial('gan', root, {
      set: 'quarters',
      measures: [{ kind: 'frechet' }],
      scorer,
      samples: 20,
    });
    const notes = async () =>
      (await scored({ path: folder, scorer, samples: 60, dataRoot: root })).document.notes.join();
    expect(await notes()).not.toContain('other data');
    rmSync(join(root, 'quarters'), { recursive: true });
    await writePictureSet(root, 'quarters', { train: 300 });
    expect(await notes()).toMatch(
      /the trial saw other data \(bright quarters, 600 .*lies there now \(bright quarters, 300 /,
    );
  });

  it('is compared at another size, or with another set, and then has no reconstructions', async () => {
    const { root, scorer } = await place();
    const { folder } = await trainedTrial('bigan', root, { set: 'quarters', measures, scorer, samples: 40 });
    const { document } = await scored({ path: folder, scorer, samples: 60, size: 4, dataRoot: root });
    expect(document.resize.scored).toBe('area average 8 → 4');
    expect(document.scores.ssim).toBeUndefined();
    expect(document.scores.fid).toBeGreaterThan(0);
    await writePictureSet(root, 'coloured', { channels: 3, train: 200 });
    const other = await scored({ path: folder, scorer, samples: 60, against: 'coloured', dataRoot: root });
    expect(other.document.resize).toEqual({
      scored: 'grey to 3 channels',
      data: 'none',
      scorer: 'colour to grey (BT.601)',
    });
    expect(other.document.notes.join()).toMatch(/^reconstructions: none/);
    // one seed's draws are not another's
    const seeded = await scored({ path: folder, scorer, samples: 60, seed: 1, dataRoot: root });
    const unseeded = await scored({ path: folder, scorer, samples: 60, dataRoot: root });
    expect(seeded.document.scores.fid).not.toBe(unseeded.document.scores.fid);
  });
});

it('labels of attributes: modes are attributes, and there is no Inception Score', async () => {
  const root = scratch();
  await writePictureSet(root, 'quarters', { labels: 'attributes' });
  const scorer = await writeScorer(join(root, 'means.onnx'), {
    labels: { kind: 'attributes', names: labels.heads[0] },
  });
  await writePictures(root, 'quarters', join(root, 'pictures'), [0, 200]);
  const { document } = await scored({ path: join(root, 'pictures'), against: 'quarters', scorer, dataRoot: root });
  expect(document.scores).toMatchObject({ modesCaptured: 4 });
  expect(document.scores.inceptionScore).toBeUndefined();
  expect(document.modes).toBe(4);
});
