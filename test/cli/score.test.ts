/** `score` as it is typed: its table and its document, the files that it leaves, and a line for every mistake. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import type { ScoreArguments } from '../../src/cli/score-options.ts';
import { openImageSet } from '../../src/datasets/pictures/image-set.ts';
import { readCsv } from '../../src/disk/csv.ts';
import { encodeNpz } from '../../src/disk/npz.ts';
import { encodeRecord } from '../../src/store/record.ts';
import { runTrial } from '../../src/trial/run-trial.ts';
import { quarters, scratch, trainedTrial, writeFlat, writePictures, writeScorer } from '../inspect/score/setup.ts';
import { writePictureSet } from '../pictures/picture-set.ts';
import { planned, smallSpec } from '../trial/specs.ts';
import { run } from './run-cli.ts';
import { runHere } from './run-here.ts';
import { typed } from './typed-score.ts';

async function place(data = scratch()) {
  await writePictureSet(data, 'quarters', { train: 300, heldOut: 60 });
  const scorer = await writeScorer(join(data, 'means.onnx'), { labels: { kind: 'classes', heads: [quarters] } });
  return { data, scorer };
}

const measures = [{ kind: 'frechet' }] as const;

test('many lots of pictures give a row a method, with intervals over lots', async () => {
  const { data, scorer } = await place();
  const set = openImageSet(data, 'quarters');
  const lot = (method: string, seed: number): void => {
    const bytes = new Uint8Array(60 * 64);
    for (let at = 0; at < 60; at++)
      set.read(method === 'all' ? at + 60 * seed : 0, bytes.subarray(64 * at, 64 * (at + 1)));
    const array = { name: 'arr_0', shape: [60, 8, 8, 1], values: bytes };
    writeFileSync(join(data, `${method}-s${seed}.npz`), encodeNpz([array]));
  };
  for (const seed of [0, 1]) for (const method of ['all', 'one']) lot(method, seed);
  const asked = { what: join(data, '{method}-s{seed}.npz'), against: 'quarters', scorer, data };
  const { code, said } = await typed({ ...asked, expect: ['modesCaptured=4'] });
  expect(code).toBe(1);
  expect(said).toMatch(/^all +2 +modes captured +4\.0 ± 0\.0 +\[4\.0, 4\.0\] +4\.0 +more$/m);
  expect(said).toMatch(/^one +2 +modes captured +1\.0 ± 0\.0 +\[1\.0, 1\.0\] +4\.0 +more$/m);
  expect(said).toMatch(/one-s1\.npz: Not as expected: modesCaptured=4, it is 1/);
  const json = async (what: string) =>
    JSON.parse(
      (await runHere('score', what, '--against', 'quarters', '--scorer', scorer, '--data', data, '--json')).stdout,
    );
  const alone = await json(join(data, 'all-s1.npz'));
  const { groups, scored } = await json(asked.what);
  expect(groups).toMatchObject([
    { method: 'all', seeds: [0, 1] },
    { method: 'one', seeds: [0, 1] },
  ]);
  // whatever was scored before
  expect(scored[1].scores).toEqual(alone.scores);
  await expect(typed({ ...asked, keep: true })).rejects.toThrow(/--keep: of points/);
});

describe('a trial', () => {
  test('its table stands in 100 columns and says what its scores compare with; the trial keeps the document', async () => {
    const { data, scorer } = await place();
    const { folder, record } = await trainedTrial('bigan', data, { set: 'quarters', measures, scorer, samples: 40 });
    const { code, said } = await typed({ what: folder, scorer, samples: '120', data });
    expect(code).toBe(0);
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const number = String.raw`-?\d+(\.\d+)?`;
    for (const row of [
      '^score +value +samples +real against real +better$',
      String.raw`^modes captured +\d of 4 +120 +4 +more$`,
      `^inception score +${number} ± ${number} +120 +${number} +more$`,
      `^Fréchet distance +${number} +120 +${number} +less$`,
      `^kernel distance +${number}( ± ${number})? +120 +${number} +less$`,
      `^recall +${number} +120 +${number} +more$`,
      `^SSIM +${number} +120 +– +more$`,
      `^‖x − G\\(E\\(x\\)\\)‖ +${number} +120 +– +less$`,
    ])
      expect(said).toMatch(new RegExp(row, 'm'));
    expect(said.replaceAll('\n', ' ')).toMatch(
      /Compare only with: scorer [0-9a-f]{8} · quarters [0-9a-f]{8} at 8 px · training part · 120 against 120 · 10 splits · kernel distance of all 120 · k 5 · 100 bins · seed 0 · resize none/,
    );
    expect(said).toContain('Scorer: means of quarters, pictures at 8 × 8, ');
    expect(said).toContain("Real against real: 120 other training examples in the samples' place");
    const [kept = ''] = readdirSync(join(folder, 'scores'));
    expect(kept).toMatch(/^[0-9a-f]{8}-quarters-120\.json$/);
    const document = JSON.parse(readFileSync(join(folder, 'scores', kept), 'utf8'));
    expect(document.scored).toEqual({ kind: 'trial', name: record.id, says: 'bigan of quarters, seed 0' });
  });

  test.each<[string, string, RegExp]>([
    ['unfinished', 'checkpoint', /this trial is unfinished; npm run exp -- \S+ goes on with it$/],
    ['broken', 'trial.json', /trial\.json: empty$/],
  ])('that is %s', async (_, file, message) => {
    const { data } = await place();
    const folder = join(data, 'grid/trials/gan-s0');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), '');
    await expect(typed({ what: folder, data })).rejects.toThrow(message);
  });

  test('of points', async () => {
    const { data } = await place();
    const folder = join(data, 'points');
    mkdirSync(folder);
    const trial = planned(smallSpec('gan'));
    const record = await runTrial(trial, { engine: 'onnx', device: 'cpu', data, folder, onProgress() {} });
    writeFileSync(join(folder, 'trial.json'), encodeRecord(record));
    const { said } = await typed({ what: folder, data });
    expect(said).toContain('gan-s0');
    const { modesCaptured, slicedW2 } = record.metrics;
    expect(said).toMatch(new RegExp(`^modes captured +${modesCaptured} of 4 `, 'm'));
    expect(said).toMatch(new RegExp(`^sliced W2 +${slicedW2?.toFixed(2)} `, 'm'));
    // the same network as a file of another program, with the law of its z
    const alone = join(data, 'mine.onnx');
    cpSync(join(folder, 'generator.onnx'), alone);
    const file = { what: alone, against: 'ring8', samples: '64', data };
    expect((await typed({ ...file, latent: 'uniform:2' })).said).toMatch(
      /^mine \(64 points, z uniform on \[-1, 1\), 2-D\)/,
    );
    expect((await typed(file)).said.replaceAll('\n', ' ')).toContain('Note: z is taken to be normal');
    await expect(typed({ ...file, latent: 'normal:3' })).rejects.toThrow(
      /^--latent: expected z of 2 numbers, as mine\.onnx takes, got normal:3$/,
    );
    await expect(typed({ ...file, latent: 'gauss:2' })).rejects.toThrow(
      /^--latent: expected uniform:2, uniform:2:0:1 or normal:64/,
    );
  });
});

describe('a folder of pictures', () => {
  test('as a document with every condition, and as a table for many scorings', async () => {
    const { data, scorer } = await place();
    const what = join(data, 'pictures');
    await writePictures(data, 'quarters', what, [0, 100]);
    const csv = join(data, 'out', 'scores.csv');
    // In a process of its own: a document goes to stdout itself.
    const words = ['--against', 'quarters', '--scorer', scorer, '--data', data, '--splits', '5', '--seed', '3'];
    const { code, stdout: said } = await run('score', what, ...words, '--json', '--csv', csv);
    expect(code).toBe(0);
    const document = JSON.parse(said);
    expect(document).toMatchObject({
      scored: { kind: 'folder', name: 'pictures', says: 'a folder of 100 files' },
      scorer: { says: expect.stringMatching(/^means of quarters, /), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      data: {
        set: 'quarters',
        size: 8,
        channels: 1,
        origin: expect.stringMatching(/^bright quarters, 300 pictures of 8 px \([0-9a-f]{8}\)$/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        simulated: true,
      },
      split: { real: 'train', realAgainstReal: 'train' },
      counts: { generated: 100, real: 100, realAgainstReal: 100, paired: 100 },
      splits: 5,
      seed: 3,
      kernel: { subsets: 1, size: 100 },
      neighbours: 5,
      bins: 100,
      resize: { scored: 'to grey (BT.601)', data: 'none', scorer: 'none' },
      modes: 4,
      notes: [],
    });
    const judged = [
      'modesCaptured',
      'reverseKL',
      'inceptionScore',
      'fid',
      'kid',
      'precision',
      'recall',
      'density',
      'coverage',
      'ndb',
      'birthdaySupport',
    ];
    for (const score of judged) {
      expect(document.scores[score], score).toEqual(expect.any(Number));
      expect(document.realAgainstReal[score], score).toEqual(expect.any(Number));
    }
    const { columns, rows } = readCsv(readFileSync(csv, 'utf8'), 'scores.csv');
    expect(columns.slice(0, 5)).toEqual(['score', 'value', 'std', 'realAgainstReal', 'better']);
    expect(rows.map((row) => row.get('score'))).toEqual(expect.arrayContaining(judged));
    const fid = rows.find((row) => row.get('score') === 'fid');
    expect(Number(fid?.get('value'))).toBe(document.scores.fid);
    expect(Number(fid?.get('realAgainstReal'))).toBe(document.realAgainstReal.fid);
    expect(fid?.get('scorerHash')).toBe(document.scorer.hash);
    expect(fid?.get('sha256')).toBe(document.data.sha256);
    // a folder of the user's is left as it is
    expect(readdirSync(what).length).toBe(100);
  });

  test('by several scorers in one run: a table each, named by whose features they are; rows and expectations of all', async () => {
    const { data, scorer } = await place();
    const other = await writeScorer(join(data, 'other.onnx'), { of: 'SomeNet' });
    const what = join(data, 'pictures');
    await writePictures(data, 'quarters', what, [0, 60]);
    const csv = join(data, 'scores.csv');
    const given = { what, against: 'quarters', scorer: [scorer, other], data, csv };
    const { code, said } = await typed({ ...given, expect: ['modesCaptured=4', 'fid<=1000'] });
    expect(code).toBe(0);
    expect(said).toMatch(/^Fréchet distance +\d/m);
    expect(said).toMatch(/^Fréchet distance in SomeNet features +\d/m);
    expect(said).toMatch(/^kernel distance in SomeNet features +-?\d/m);
    expect(said.match(/^As expected: .*$/gm)?.map((line) => line.split(',')[0])).toEqual([
      'As expected: modesCaptured=4',
      'As expected: fid<=1000',
      'As expected: fid<=1000',
    ]);
    const { rows } = readCsv(readFileSync(csv, 'utf8'), 'scores.csv');
    expect(new Set(rows.filter((row) => row.get('score') === 'fid').map((row) => row.get('scorerHash'))).size).toBe(2);
  });

  let data = '';
  let scorer = '';
  let what = '';
  beforeAll(async () => {
    ({ data, scorer } = await place(mkdtempSync(join(tmpdir(), 'modebench-score-'))));
    what = join(data, 'pictures');
    mkdirSync(join(data, 'mixed'));
    mkdirSync(join(data, 'wide'));
    mkdirSync(join(data, 'one'));
    mkdirSync(join(data, 'none'));
    mkdirSync(join(data, 'store/trials/gan-s0'), { recursive: true });
    await writePictures(data, 'quarters', what, [0, 20]);
    await writePictures(data, 'quarters', join(data, 'many'), [0, 305]);
    await writeFlat(join(data, 'mixed/a.png'), [8, 8]);
    await writeFlat(join(data, 'mixed/b.png'), [16, 16]);
    await writeFlat(join(data, 'wide/a.png'), [16, 8]);
    await writeFlat(join(data, 'one/a.png'), [8, 8]);
    writeFileSync(join(data, 'none/a.txt'), 'x');
    writeFileSync(join(data, 'store/trials/gan-s0/trial.json'), '{}');
    return () => rmSync(data, { recursive: true, force: true });
  });

  test('what is expected of its scores decides the exit code', async () => {
    const given = { what, against: 'quarters', scorer, data };
    const met = await typed({ ...given, expect: ['fid<=1e9', 'modesCaptured>=1'] });
    expect(met).toMatchObject({ code: 0, said: expect.stringMatching(/^As expected: fid<=1e9, it is \d/m) });
    const missed = await typed({ ...given, expect: ['fid<=-1', 'modesCaptured>=1'] });
    expect(missed).toMatchObject({ code: 1, said: expect.stringMatching(/^Not as expected: fid<=-1, it is \d/m) });
  });

  test.each<[string, () => Partial<ScoreArguments>, RegExp]>([
    [
      'nothing there',
      () => ({ what: join(data, 'pictuers') }),
      /pictuers is not there: expected a trial's folder or a folder of pictures; did you mean 'pictures'\?$/,
    ],
    [
      'a file',
      () => ({ what: scorer.replace('.onnx', '.json') }),
      /means\.json: expected a trial's folder, pictures \(a folder, \.zip, \.npy, \.npz\) or a generator \(\.onnx\), this is another file$/,
    ],
    [
      'no pictures',
      () => ({ what: join(data, 'none') }),
      /none: expected a trial's folder \(it has no trial\.json\) or a folder of pictures \(no picture among its files, 1 of them\)$/,
    ],
    [
      'a store',
      () => ({ what: join(data, 'store') }),
      /store: holds trials; expected the folder of one, as .*store\/trials\/gan-s0$/,
    ],
    [
      'a slip in the set',
      () => ({ against: 'mnits' }),
      /^--against: unknown data set 'mnits'; did you mean 'mnist'\? \(expected one of .*, quarters\)$/,
    ],
    ['a set that has to be brought', () => ({ against: 'celeba' }), /celeba is not there: npm run data -- celeba/],
    [
      'no scorer',
      () => ({ scorer: 'nowhere.onnx' }),
      /^--scorer: expected own, or an ONNX file with its JSON beside it; .*nowhere\.onnx is no file$/,
    ],
    ['no number', () => ({ samples: 'many' }), /^--samples: expected a whole number from 2 to \d+, got 'many'$/],
    ['one sample', () => ({ samples: '1' }), /^--samples: expected a whole number from 2 /],
    [
      'more than the folder has',
      () => ({ samples: '21' }),
      /^--samples: expected at most 20, the files in .*pictures; got 21$/,
    ],
    [
      'more than the set has',
      () => ({ samples: '301', what: join(data, 'many') }),
      /^--samples: expected at most 300, the training pictures of quarters; got 301$/,
    ],
    ['splits of nothing', () => ({ splits: '0' }), /^--splits: expected a whole number from 1 /],
    [
      'a size that the set cannot have',
      () => ({ size: '5' }),
      /^--size: expected one of 8, 4, got 5: quarters holds pictures of 8 × 8/,
    ],
    [
      'pictures of several sizes',
      () => ({ what: join(data, 'mixed') }),
      /mixed: expected pictures of one size, a\.png, 8 × 8 and b\.png, 16 × 16; --size 8 brings all to it$/,
    ],
    [
      'pictures that are no squares',
      () => ({ what: join(data, 'wide') }),
      /wide: expected squares, got a\.png, 16 × 8; --size <pixels> cuts their middle squares$/,
    ],
    ['one picture', () => ({ what: join(data, 'one') }), /one: expected two pictures at least, it has 1$/],
    ['a folder for a file', () => ({ csv: data }), /^--csv: expected a file, .* is a folder$/],
    ['a row of points', () => ({ keep: true }), /^--keep: of points; pictures are scored without it$/],
    ['the latent of an ONNX file', () => ({ latent: 'normal:2' }), /^--latent: for a generator as an ONNX file$/],
    ['an expectation of nothing', () => ({ expect: ['fid'] }), /^--expect: expected a score and a number, /],
  ])('%s', async (_, change, message) => {
    const given = { what, against: 'quarters', scorer, data, ...change() };
    const failing = typed(given);
    await expect(failing).rejects.toThrow(UsageError);
    await expect(failing).rejects.toThrow(message);
  });

  test('no set', async () => {
    await expect(typed({ what, scorer, data })).rejects.toThrow(
      /^expected --against <data set> for pictures \(npm run data -- --list shows them\)$/,
    );
  });

  test('a set without labels has no classifier of its own', async () => {
    await writePictureSet(data, 'plain', { labels: 'none', train: 30, heldOut: 0 });
    await expect(typed({ what, against: 'plain', data })).rejects.toThrow(
      /^--scorer: plain has no labels to train a classifier on; give a file: --scorer path\/to\/inception\.onnx$/,
    );
  });
});
