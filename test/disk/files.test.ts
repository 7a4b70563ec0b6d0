import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { makeFolder, removeLeftovers, writeWhole } from '../../src/disk/files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('replaces a file and leaves nothing else', async () => {
  const path = join(folder, 'a.csv');
  await writeWhole(path, 'one');
  await writeWhole(path, Uint8Array.of(50));
  expect(await readFile(path, 'utf8')).toBe('2');
  expect(await readdir(folder)).toEqual(['a.csv']);
});

it('never shows a part of a file to a reader, whoever writes at the same time', async () => {
  const path = join(folder, 'a.txt');
  const contents = Array.from({ length: 20 }, (_, index) => String(index % 10).repeat(100_000));
  await writeWhole(path, contents[0] ?? '');
  const writing = Promise.all(contents.map((content) => writeWhole(path, content)));
  let over = false;
  void writing.then(() => {
    over = true;
  });
  while (!over) expect(contents).toContain(await readFile(path, 'utf8'));
  await writing;
  expect(await readdir(folder)).toEqual(['a.txt']);
});

it('names the path and leaves no temporary file where it cannot write', async () => {
  const path = join(folder, 'taken');
  await mkdir(path);
  await expect(writeWhole(path, 'text')).rejects.toThrow(`cannot write ${path}: `);
  expect(await readdir(folder)).toEqual(['taken']);
  await expect(writeWhole(join(folder, 'no', 'where'), 'text')).rejects.toThrow('cannot write');
});

it('is not in the way of a process that died with our number, as in a container', async () => {
  const host = hostname().replace(/[^A-Za-z0-9]+/g, '_');
  const left = Array.from({ length: 100 }, (_, turn) => `.a.csv.${host}-${process.pid}-${turn}.tmp`);
  for (const name of left) await writeFile(join(folder, name), 'half');
  await writeWhole(join(folder, 'a.csv'), 'whole');
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('whole');
  expect(await readdir(folder)).toHaveLength(101);
});

it('says what the user can mend as the user’s, the rest as it came', async () => {
  await writeFile(join(folder, 'a'), '');
  await expect(writeWhole(join(folder, 'a/b'), '')).rejects.toThrow(UsageError);
  await expect(makeFolder(join(folder, 'a'))).rejects.toThrow(/^cannot make the folder .*: a file stands in its place/);
  await expect(writeWhole(folder, '')).rejects.toThrow(/^cannot write .*: a folder stands in its place/);
  await expect(writeWhole(join(folder, 'a\0'), '')).rejects.not.toThrow(UsageError);
});

it('removes what dead writers left, and nothing that a live one is at', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const host = hostname().replace(/[^A-Za-z0-9]+/g, '_');
  const old = new Date(Date.now() - 48 * 3600_000);
  const names = [
    `.a.csv.${host}-${dead}-0.tmp`,
    `.a.csv.${host}-${process.pid}-9.tmp`,
    '.a.csv.elsewhere-1-0.tmp',
    '.b.csv.elsewhere-1-0.tmp',
    'a.csv',
  ];
  for (const name of names) await writeFile(join(folder, name), '');
  await utimes(join(folder, '.b.csv.elsewhere-1-0.tmp'), old, old);
  await removeLeftovers(folder);
  expect((await readdir(folder)).sort()).toEqual([names[1], names[2], 'a.csv'].sort());
  await removeLeftovers(join(folder, 'nowhere'));
});
