/** Points of a CSV file: what is read, what is sampled, which modes they have, what identifies them, what is refused. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { specHash } from '../../../src/catalogue/identity.ts';
import type { Dataset } from '../../../src/datasets/dataset.ts';
import { points } from '../../../src/datasets/file/points.ts';
import { loadExperiment } from '../../../src/experiment/load.ts';
import { planTrials } from '../../../src/experiment/plan.ts';
import { put, scratch } from '../pictures/files.ts';

type Settings = Omit<Parameters<typeof points>[0], 'file'>;

/** The data set of a file with this text, as planning and a trial make it. */
function opened(text: string, settings: Settings = {}): Dataset {
  const section = points.settings.parse(points({ file: 'mine.csv', ...settings }));
  const folder = scratch();
  put(folder, 'mine.csv', text);
  const data = points.fillIn(section, folder);
  points.check(data);
  return points.open(data, 'nowhere');
}

/** Every row once, sorted. */
function rowsOf(dataset: Dataset, count: number): number[][] {
  const values = dataset.shuffled?.(stream(0, 'evaluation')).take(count) ?? new Float32Array(0);
  const rows = Array.from({ length: count }, (_, row) => [
    ...values.subarray(row * dataset.dim, (row + 1) * dataset.dim),
  ]);
  return rows.sort((a, b) => Number(a[0]) - Number(b[0]));
}

describe('what is read', () => {
  test.each<[string, string, Settings, number[][]]>([
    [
      'no header',
      '1,2\n3,4\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'a header of any names',
      'a,b\n1,2\n3,4\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['one column', 'height\n1.5\n-2e-1', {}, [[Math.fround(-0.2)], [1.5]]],
    [
      'x0, x1 … before other numbers: our own samples.csv',
      'set,x0,x1,z0\ngenerated,1,2,9\nreal,3,4,9\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'numbers among text',
      'name,a,kind,b\nk,1,u,2\nl,3,v,4\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'an index without a name is no coordinate',
      ',a,b\n0,1,2\n1,3,4\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'chosen columns, in their order',
      'a,b,c\n1,2,3\n4,5,6\n',
      { columns: ['c', 'a'] },
      [
        [3, 1],
        [6, 4],
      ],
    ],
    [
      'quotes, a byte order mark, Windows line ends',
      '\uFEFF"a","b"\r\n"1",2\r\n3,4\r\n',
      {},
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])('%s', (_, text, settings, rows) => {
    const dataset = opened(text, settings);
    expect(dataset.shape).toEqual([rows[0]?.length]);
    expect(rowsOf(dataset, rows.length)).toEqual(rows);
  });

  test('samples are rows, by the stream alone; the box holds them', () => {
    const row = fc.tuple(fc.float({ noNaN: true, min: -9, max: 9 }), fc.float({ noNaN: true, min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), fc.nat(9), (rows, seed) => {
        const dataset = opened(`x,y\n${rows.map((one) => one.join(',')).join('\n')}\n`);
        const drawn = dataset.sample(stream(seed, 'data'), 20);
        expect(drawn).toEqual(dataset.sample(stream(seed, 'data'), 20));
        const known = new Set(rows.map(([x, y]) => `${x} ${y}`.replaceAll('-0', '0')));
        for (let at = 0; at < 40; at += 2) {
          expect(known).toContain(`${drawn[at]} ${drawn[at + 1]}`.replaceAll('-0', '0'));
          expect(drawn[at]).toBeGreaterThanOrEqual(Number(dataset.box?.[0]?.low));
          expect(drawn[at]).toBeLessThanOrEqual(Number(dataset.box?.[0]?.high));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('each row as often as any other', () => {
    const dataset = opened('1\n2\n3\n4\n');
    const counts = [0, 0, 0, 0];
    for (const value of dataset.sample(stream(1, 'data'), 40_000)) counts[value - 1] = Number(counts[value - 1]) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400); // 4.6 σ
  });
});

describe('modes', () => {
  const text = 'x,y,kind\n0,0,a\n2,0,a\n0,2,a\n2,2,a\n10,10,b\n12,10,b\n10,14,b\n12,14,b\n';

  test('of a column of labels: mean, covariance and share of each, by hand', () => {
    const { modes, labelled } = opened(`${text}11,12,b\n`, { modes: 'kind' });
    expect([...(modes?.centres ?? [])]).toEqual([1, 1, 11, 12]);
    expect([...(modes?.weights ?? [])]).toEqual([4 / 9, 5 / 9]);
    const [a = 0, , , b = 0, c = 0, , , d = 0] = modes?.factors ?? [];
    expect([a ** 2, b ** 2, c ** 2, d ** 2].map((value) => value.toFixed(9))).toEqual(
      [4 / 3, 4 / 3, 1, 4].map((value) => value.toFixed(9)),
    );
    expect(labelled?.labels).toEqual({ kind: 'classes', heads: [['a', 'b']] });
    const { examples, labels } = labelled?.draw(stream(0, 'data'), 30, 'train') ?? {};
    for (let i = 0; i < 30; i++) expect(labels?.[i]).toBe(Number(examples?.[2 * i]) < 5 ? 0 : 1);
  });

  test('of centres: one σ, the share of rows that are nearest', () => {
    const { modes } = opened(text, {
      columns: ['x', 'y'],
      std: 0.5,
      centres: [
        [0, 0],
        [2, 2],
        [11, 12],
      ],
    });
    expect(modes).toMatchObject({ std: 0.5, count: 3, dim: 2 });
    expect(modes?.factors).toBeUndefined();
    expect([...(modes?.weights ?? [])].map((weight) => 8 * weight)).toEqual([3, 1, 4]); // (2, 0) and (0, 2) are as near: the first
  });

  test('only where they are given do metrics of modes make sense', () => {
    const data = (settings: Settings) => points.settings.parse(points({ file: 'x', ...settings }));
    expect(points.has(data({}))).toEqual([]);
    expect(points.has(data({ modes: 'kind' }))).toEqual(['modes']);
    expect(points.has(data({ centres: [[0]], std: 1 }))).toEqual(['modes']);
  });
});

describe('what is refused, in one line', () => {
  test.each<[string, string, Settings, RegExp]>([
    ['an empty file', '', {}, /^data\.file: expected points, \S+mine\.csv has none$/],
    ['a header alone', 'a,b\n', {}, /has none$/],
    ['no number', 'a,b\nu,v\n', {}, /^data\.file: expected a column of numbers, \S+ has none$/],
    ['text among numbers', 'a,b\n1,2\n3,four\n', {}, /^\S+mine\.csv: row 2, column b: expected a number, got 'four'$/],
    ['an empty cell', '1,2\n3,\n', {}, /: row 2, column x1: expected a number, got ''$/],
    ['what is infinite', '1,2\n3,Infinity\n', {}, /: row 2, column x1: expected a number, got 'Infinity'$/],
    ['a label without a header', '1,2,u\n3,4,v\n', {}, /: row 1, column x2: expected a number, got 'u'$/],
    ['rows of different lengths', 'a,b\n1,2\n3\n', {}, /^data\.file: \S+mine\.csv: .*line 3/],
    [
      'a column that is not there',
      'height,b\n1,2\n',
      { columns: ['heigth'] },
      /^data\.columns: mine\.csv has no column 'heigth'; did you mean 'height'\?/,
    ],
    [
      'a column of labels that is not there',
      'a,b\n1,2\n',
      { modes: 'kind' },
      /^data\.modes: mine\.csv has no column 'kind'; it has a, b$/,
    ],
    [
      'too few of a label',
      'x,k\n1,a\n2,a\n3,b\n',
      { modes: 'k' },
      /^data\.modes: expected more than 1 points of 'b', .* got 1$/,
    ],
    [
      'a flat mode',
      'x,y,k\n1,1,a\n2,2,a\n3,3,a\n',
      { modes: 'k' },
      /^data\.modes: 'a'\.covariance: expected a positive definite matrix/,
    ],
    [
      'centres of other dimensions',
      '1,2\n3,4\n',
      { centres: [[1]], std: 1 },
      /^data\.centres\.0: expected 2 coordinates, .* got 1$/,
    ],
    ['a centre without points', '1\n3\n', { centres: [[1], [90]], std: 1 }, /^data\.centres\.1: expected points/],
    ['centres without σ', '1\n3\n', { centres: [[1]] }, /^data\.std: expected both centres and std, or neither$/],
    ['σ without centres', '1\n3\n', { std: 1 }, /^data\.centres: expected both/],
    [
      'both kinds of modes',
      '1\n3\n',
      { centres: [[1]], std: 1, modes: 'k' },
      /^data: expected either modes \(a column\) or centres, got both$/,
    ],
  ])('%s', (_, text, settings, message) => {
    expect(() => opened(text, settings)).toThrow(UsageError);
    expect(() => opened(text, settings)).toThrow(message);
    expect(() => opened(text, settings)).not.toThrow(/\n/);
  });
});

describe('in a user’s experiment', () => {
  const csv = 'a,b\n1,2\n3,4\n5,6\n';
  const file = `
    import { defineExperiment, points, slicedWasserstein, toySetting } from 'modebench';
    export default defineExperiment({
      ...toySetting,
      claim: 'c', source: 's',
      data: points({ file: 'tables/mine.csv' }),
      methods: ['gan'],
      measures: [slicedWasserstein({ projections: 10 })],
    });`;

  function folderWith(content: string): string {
    const folder = scratch();
    mkdirSync(join(folder, 'tables'));
    put(join(folder, 'tables'), 'mine.csv', content);
    put(folder, 'mine.ts', file);
    return folder;
  }

  const planned = async (folder: string, set: string[] = []) =>
    planTrials(await loadExperiment(join(folder, 'mine.ts')), { seeds: '1', set, sweep: [] }).trials[0];

  test('the path is relative to its file; the content identifies the trial, the place does not', async () => {
    const [here, there, other] = [folderWith(csv), folderWith(csv), folderWith(`${csv}7,8\n`)];
    const trials = await Promise.all([here, there, other].map((folder) => planned(folder)));
    expect(trials[0]?.spec.data).toEqual({
      kind: 'points',
      file: join(here, 'tables/mine.csv'),
      sha256: createHash('sha256').update(csv).digest('hex'),
      scale: 1,
    });
    expect(trials[1]?.hash).toBe(trials[0]?.hash);
    expect(trials[2]?.hash).not.toBe(trials[0]?.hash);
    expect(trials[0] && specHash(trials[0].spec)).toBe(trials[0]?.hash);
  });

  test('a setting from the command line reads its own file', async () => {
    const folder = folderWith(csv);
    put(join(folder, 'tables'), 'other.csv', '1,2\n');
    const data = (await planned(folder, ['data.file=tables/other.csv']))?.spec.data;
    expect(data).toMatchObject({
      file: join(folder, 'tables/other.csv'),
      sha256: createHash('sha256').update('1,2\n').digest('hex'),
    });
  });

  test('a file that changed after planning, or went, is refused', async () => {
    const folder = folderWith(csv);
    const data = (await planned(folder))?.spec.data ?? { kind: '' };
    expect(builtIn.data(data).open(data, 'nowhere').dim).toBe(2);
    put(join(folder, 'tables'), 'mine.csv', '1,2\n');
    expect(() => builtIn.data(data).open(data, 'nowhere')).toThrow(
      /^data\.file: \S+mine\.csv has changed since the trial was planned \(it was [0-9a-f]{8}, is [0-9a-f]{8}\)$/,
    );
    const gone = { ...data, file: join(folder, 'gone.csv') };
    expect(() => builtIn.data(gone).open(gone, 'nowhere')).toThrow(/^data\.file: there is no file \S+gone\.csv$/);
  });

  test('without a hash nothing of a file is shown', () => {
    const file = put(scratch(), 'secret.txt', 'mine, alone');
    expect(() => builtIn.data({ kind: 'points' }).open({ kind: 'points', file, scale: 1 }, 'nowhere')).toThrow(
      /^data\.sha256: expected the hash of the file, as planning notes it$/,
    );
  });

  test('a file that is not there is told when the experiment is loaded', async () => {
    const folder = scratch();
    put(folder, 'mine.ts', file);
    await expect(loadExperiment(join(folder, 'mine.ts'))).rejects.toThrow(
      /mine\.ts: data\.file: there is no file \S+tables\/mine\.csv$/,
    );
  });
});
