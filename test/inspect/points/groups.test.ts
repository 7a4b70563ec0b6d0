/** Patterns of paths: which files they stand for, and the method and seed of each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, isPattern, placeFiles, storeName } from '../../../src/inspect/points/groups.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'modebench-groups-'));
  for (const path of ['a-s0/x.npy', 'a-s10/x.npy', 'a-s2/x.npy', 'b.c-s0/x.npy', 'a-s3/y.npy', 'plain.npy']) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each<[string, readonly string[]]>([
  ['*/x.npy', ['a-s0/x.npy', 'a-s2/x.npy', 'a-s10/x.npy', 'b.c-s0/x.npy']],
  ['{method}-s{seed}/x.npy', ['a-s0/x.npy', 'a-s2/x.npy', 'a-s10/x.npy', 'b.c-s0/x.npy']],
  ['b.c*/*.npy', ['b.c-s0/x.npy']],
  ['*.npy', ['plain.npy']],
])('%s', async (pattern, files) => {
  const found = await filesOf(pattern, root);
  expect(found.map((path) => relative(root, path))).toEqual(files);
  expect(await filesOf(join(root, pattern), '/')).toEqual(found);
});

test('none', async () => {
  await expect(filesOf('*/z.npy', root)).rejects.toThrow(/^there is no file \*\/z\.npy$/);
  expect(isPattern('x.npy')).toBe(false);
});

describe('places', () => {
  test('of a pattern, of its end, of none', () => {
    const paths = ['/r/a-s0/x.npy', '/r/a-s10/x.npy', '/r/My GAN_v2-s7/x.npy'];
    const places = [
      { path: paths[0], method: 'a', seed: 0 },
      { path: paths[1], method: 'a', seed: 10 },
      { path: paths[2], method: 'my-gan-v2', seed: 7 },
    ];
    expect(placeFiles(paths, '/r/{method}-s{seed}/x.npy', 'samples')).toEqual(places);
    expect(placeFiles(paths, '{method}-s{seed}/*', 'samples')).toEqual(places);
    expect(placeFiles(paths, undefined, 'mine').map(({ method, seed }) => [method, seed])).toEqual([
      ['mine', 0],
      ['mine', 1],
      ['mine', 2],
    ]);
    expect(placeFiles(paths, '{method}-s*/x.npy', '').map(({ seed }) => seed)).toEqual([0, 1, 0]);
  });

  test.each<[readonly string[], string, RegExp]>([
    [['/r/a.npy'], '{method}-s{seed}.npy', /^--group-by: \/r\/a\.npy does not fit \{method\}-s\{seed\}\.npy$/],
    [
      ['/r/a-sx.npy'],
      '{method}-s{seed}.npy',
      /^--group-by: expected a number for \{seed\} in \/r\/a-sx\.npy, got 'x'$/,
    ],
    [
      ['/q/a-s1.npy', '/r/a-s1.npy'],
      '{method}-s{seed}.npy',
      /^--group-by: \/q\/a-s1\.npy and \/r\/a-s1\.npy are both seed 1 of a: expected one file for each$/,
    ],
  ])('refused', (paths, pattern, message) => {
    expect(() => placeFiles(paths, pattern, 'samples')).toThrow(message);
  });

  test('a name for the store', () => {
    expect(['Über-GAN!', '***', 'x'.repeat(99)].map(storeName)).toEqual(['ber-gan', 'samples', 'x'.repeat(60)]);
  });
});
