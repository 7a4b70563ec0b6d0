/** `score` of points as it is typed: one file, many files, expectations and rows for the report; and a line for every mistake. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import type { ScoreArguments } from '../../src/cli/score-options.ts';
import { gaussianGrid } from '../../src/modebench.ts';
import { loadReport } from '../../src/report/load.ts';
import { run, scratch } from './run-cli.ts';
import { typed } from './typed-score.ts';

const numpy = fileURLToPath(new URL('../fixtures/numpy/', import.meta.url));

/** A CSV of points of grid25's own mixture. */
function exact(path: string, count: number, seed: number): string {
  const data = gaussianGrid.open(
    { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 },
    'nowhere',
  );
  const values = data.sample(stream(seed, 'data'), count);
  const rows = Array.from({ length: count }, (_, at) => `${values[2 * at]},${values[2 * at + 1]}`);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

describe('one file', () => {
  test('as a table beside a perfect sampler, with the verdict and what was expected', async () => {
    const what = exact(join(scratch(), 'x.csv'), 2_500, 3);
    const { code, said } = await typed({ what, against: 'grid25', expect: ['modesCaptured=25', 'highQuality>=97%'] });
    expect(code).toBe(0);
    expect(said).toContain('x.csv (2,500 points) against grid25: 2 dimensions, 25 modes');
    expect(said).toMatch(/^score +value +a perfect sampler of 2,500 +better$/m);
    expect(said).toMatch(/^modes captured +25 of 25 +25\.0 +more$/m);
    expect(said).toMatch(/^high quality +9[89]\.\d % +98\.\d \[9\d\.\d, 99\.\d\] +more$/m);
    expect(said).toMatch(/^Every mode kept: /m);
    expect(said).toMatch(/^As expected: modesCaptured=25, it is 25$/m);
  });

  test.each([
    ['modesCaptured=25', 1],
    ['modesCaptured>=2', 0],
    ['modesCaptured==4', 0],
    ['modesCaptured<=3', 1],
    ['highQuality>=90%', 1],
    ['slicedW2=0.1', 1],
    ['effectiveModes<=25', 0],
  ])('%s gives %i', async (expectation, code) => {
    // (±1, ±1) are none of the grid's modes; four of the eight numbers of f4.npy lie beyond 3σ of any
    const what = join(scratch(), 'four.csv');
    writeFileSync(what, '0,0\n2,2\n-4,4\n4,-2\n1,1\n');
    expect((await typed({ what, against: 'grid25', expect: [expectation] })).code).toBe(code);
  });

  test("against points of one's own: modes of a column, of centres, of clusters, or none", async () => {
    const folder = scratch();
    const own = join(folder, 'own.csv');
    const rows = Array.from({ length: 90 }, (_, at) => [(at % 3) * 10 + (at % 7) / 7, (at % 5) / 5, `kind ${at % 3}`]);
    writeFileSync(own, `a,b,kind\n${rows.map((row) => row.join()).join('\n')}\n`);
    const what = join(folder, 'mine.csv');
    writeFileSync(
      what,
      `a,b\n${rows
        .slice(0, 60)
        .map(([a, b]) => `${a},${b}`)
        .join('\n')}\n`,
    );
    writeFileSync(join(folder, 'centres.csv'), '0.5,0.4\n10.5,0.4\n20.5,0.4\n');
    const said = async (more: Partial<ScoreArguments>) =>
      (await typed({ what, against: own, ...more })).said.replaceAll('\n', ' ');
    expect(await said({ modes: 'kind' })).toMatch(/2 dimensions, 3 modes of its column kind .*captured +3 of 3 /);
    expect(await said({ centres: join(folder, 'centres.csv'), std: '0.4' })).toMatch(
      /3 modes at the centres of centres.csv, σ 0.4 /,
    );
    expect(await said({ clusters: '3' })).toMatch(
      /3 modes by k-means: clusters, which may not be the modes that you mean .*captured +3 of 3 /,
    );
    expect(await said({})).toMatch(/no modes known .*No modes are known of the data, so none are counted\./);
  });
});

describe('many files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'modebench-points-'));
    mkdirSync(join(folder, 'runs'));
    for (const seed of [0, 1]) exact(join(folder, `runs/Mine-s${seed}.csv`), 400, seed);
    for (const seed of [0, 1]) writeFileSync(join(folder, `runs/one mode-s${seed}.csv`), '0,0\n'.repeat(400));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  test('are a row a method, kept where the report finds them beside the methods here', async () => {
    const [what, store] = [join(folder, 'runs/{method}-s{seed}.csv'), join(folder, 'results')];
    const { code, said } = await typed({ what, against: 'grid25', keep: true, store });
    expect(code).toBe(0);
    expect(said).toMatch(/^mine +2 +25\.0 ± 0\.0 /m);
    expect(said).toMatch(/^one-mode +2 +1\.0 ± 0\.0 /m);
    expect(said).toMatch(/^a perfect sampler +25\.0 /m);
    expect(said).toMatch(/^one-mode: collapsed in 2 of 2 files$/m);
    const { main, problems } = await loadReport(store, 'grid25');
    expect(problems).toEqual([]);
    expect(main.map(({ label, trials }) => [label, trials.length])).toEqual([
      ['mine', 2],
      ['one-mode', 2],
    ]);
    const [trial] = main[0]?.trials ?? [];
    expect(trial?.record).toMatchObject({ status: 'done', engine: 'another program', metrics: { modesCaptured: 25 } });
    expect(trial?.samples?.count).toBe(800);
    expect(readFileSync(join(store, 'grid25/trials.csv'), 'utf8').split('\n')).toHaveLength(6);
    // typed again, rows are replaced
    await typed({ what, against: 'grid25', keep: true, store });
    expect(readFileSync(join(store, 'grid25/trials.csv'), 'utf8').split('\n')).toHaveLength(6);
  });

  test('as one document, in a process of its own', async () => {
    const pattern = join(folder, 'runs/{method}-s{seed}.csv');
    const { code, stdout } = await run(
      'score',
      pattern,
      '--against',
      'grid25',
      '--json',
      '--expect',
      'modesCaptured=25',
    );
    expect(code).toBe(1);
    const { against, scored, groups } = JSON.parse(stdout);
    expect(against).toEqual({ name: 'grid25', says: 'grid25: 2 dimensions, 25 modes', dimensions: 2, modes: 25 });
    expect(scored).toHaveLength(4);
    expect(scored[0]).toMatchObject({
      method: 'mine',
      seed: 0,
      counts: { points: 400, scored: 400, notFinite: 0 },
      scores: { modesCaptured: 25 },
      perfect: { modesCaptured: { mean: 25 } },
      verdict: { kind: 'every mode kept' },
      expectations: [{ metric: 'modesCaptured', expected: { kind: 'atLeast', value: 25 }, found: 25, met: true }],
    });
    expect(scored[2].scores.reverseKL).toBeCloseTo(Math.log(25), 9);
    expect(groups[1]).toMatchObject({ method: 'one-mode', seeds: [0, 1], metrics: { modesCaptured: { mean: 1 } } });
  });
});

test.each<[string, Partial<ScoreArguments>, RegExp]>([
  ['no data', { against: undefined as never }, /^expected --against <experiment or file of points>/],
  [
    'a slip in the experiment',
    { against: 'gird25' },
    /^--against: there is no experiment 'gird25'; did you mean 'grid25'\?$/,
  ],
  [
    'pictures',
    { against: 'traffic' },
    /f4\.npy: expected pictures as uint8 \(count, height, width, channels\), 1 channel or 3, got other numbers of \(4, 2\)$/,
  ],
  ['another dimension', { against: 'line5' }, /f4\.npy: expected points of 1 numbers, as line5 has, got 2$/],
  ['a slip in the file', { what: join(numpy, 'f5.npy') }, /^there is no file .*f5\.npy; did you mean 'f\d\.npy'\?$/],
  ['no points', { what: join(numpy, 'empty.npy') }, /empty\.npy: expected points, it has none$/],
  [
    'pictures as an array',
    { what: join(numpy, 'u1.npy') },
    /u1\.npy: expected points as an array \(count, dimensions\), got the shape \(2, 2, 2, 3\)/,
  ],
  ['an option of pictures', { scorer: 'own' }, /^--scorer: of pictures; points are scored without it$/],
  [
    'modes of an experiment',
    { modes: 'kind' },
    /^--modes: for --against a file of points; grid25 has modes of its own$/,
  ],
  [
    'two kinds of modes',
    { against: join(numpy, 'f4.npy'), modes: 'a', clusters: '2' },
    /^expected one of --modes and --clusters$/,
  ],
  [
    'centres without σ',
    { against: join(numpy, 'f4.npy'), centres: 'c.csv' },
    /^expected both --centres \(a file of points\) and --std, or neither$/,
  ],
  [
    'more clusters than points',
    { against: join(numpy, 'f4.npy'), clusters: '9' },
    /^--clusters: expected at most 4, the places of points in .*f4\.npy; got 9$/,
  ],
  [
    'data that are not finite',
    { against: join(numpy, 'not-finite.npy') },
    /^--against: .*not-finite\.npy: expected finite numbers, as data are$/,
  ],
  [
    'no number expected',
    { expect: ['modesCaptured=many'] },
    /^--expect: expected a score and a number, as .*, got 'modesCaptured=many'$/,
  ],
  [
    'a slip in the score',
    { expect: ['modesCapture=1'] },
    /^--expect: there is no score modesCapture here; did you mean 'modesCaptured'\?$/,
  ],
  [
    'a name that is taken',
    { keep: true, name: 'gan' },
    /^--keep: gan is a method of this project; give yours another name with --name$/,
  ],
  ['rows beside nothing', { keep: true, against: join(numpy, 'f4.npy') }, /^--keep: for --against an experiment; /],
])('%s is refused in one line', async (_, change, message) => {
  const failing = typed({ what: join(numpy, 'f4.npy'), against: 'grid25', store: scratch(), ...change });
  await expect(failing).rejects.toThrow(UsageError);
  await expect(failing).rejects.toThrow(message);
});
