/** Preparing: once, whole or not at all, nobody's files touched; by several processes at once, interrupted, killed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { build } from '../../../src/datasets/prepare/build.ts';
import type { Plan } from '../../../src/datasets/prepare/recipe.ts';
import { pattern, put, scratch } from '../pictures/files.ts';
import { listener, planOf, prepared } from '../pictures/sets.ts';

const twenty = planOf({ shape: [8, 8, 1], train: Array.from({ length: 20 }, (_, i) => [pattern(64, i)] as const) });

/** A plan that has written something when `then` is called. */
const halfway = (then: () => Promise<void> | void): Plan => ({
  choices: {},
  async make(work) {
    const sink = await work.open([8, 8, 1], 0);
    for (let i = 0; i < 10; i++) await sink.add(pattern(64, i));
    await then();
    await sink.add(pattern(64));
    return { title: '', simulated: true, source: '' };
  },
});

describe('whole or not at all', () => {
  test('the same plan makes the same bytes, manifest included; nothing else lies in the folder', async () => {
    const [a, b] = [scratch(), scratch()];
    for (const root of [a, b]) expect((await build(root, 'mine', twenty, listener())).made).toBe(true);
    expect(readdirSync(a)).toEqual(['mine']);
    expect(readdirSync(join(a, 'mine')).sort()).toEqual(['images.u8', 'manifest.json']);
    for (const file of ['images.u8', 'manifest.json'])
      expect(readFileSync(join(a, 'mine', file))).toEqual(readFileSync(join(b, 'mine', file)));
  });

  test('a failure, an interrupt and a source without pictures leave nothing', async () => {
    const root = scratch();
    const interrupt = new AbortController();
    const full = halfway(() => {
      throw new Error('disk full');
    });
    await expect(build(root, 'mine', full, listener())).rejects.toThrow('disk full');
    const stopped = halfway(() => interrupt.abort('SIGINT'));
    await expect(build(root, 'mine', stopped, { ...listener(), signal: interrupt.signal })).rejects.toBe('SIGINT');
    await expect(build(root, 'mine', planOf({ shape: [8, 8, 1], train: [] }), listener())).rejects.toThrow(
      /^mine: expected pictures to train on, its source has none$/,
    );
    expect(readdirSync(root)).toEqual([]);
  });

  test('SIGINT in the middle: the process says so, ends with 130, and nothing stays', async () => {
    const root = scratch();
    const script = `
      import { runData } from './src/cli/data.ts';
      process.exitCode = await runData({ dataset: 'stacked-mnist', count: '5000000', data: ${JSON.stringify(root)} }, '.');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/stacked-mnist: [\d,]+ of 5,000,000 pictures/.test(said)) child.kill('SIGINT');
    });
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(said).toMatch(/Interrupted; nothing of .*stacked-mnist was written/);
    expect(readdirSync(root)).toEqual(['mnist']); // done before, and whole
    expect(openImageSet(root, 'mnist').train).toBe(9000);
  }, 60_000);
});

describe('several at once', () => {
  test('two in one process, and whoever is second keeps the first one’s set', async () => {
    const root = scratch();
    const other = planOf({ shape: [8, 8, 1], train: [[pattern(64, 77)]] });
    const both = await Promise.all([build(root, 'mine', twenty, listener()), build(root, 'mine', other, listener())]);
    expect(both.map(({ made }) => made).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ manifest }) => manifest.train)).size).toBe(1); // both speak of the set that is there
    expect(readdirSync(root)).toEqual(['mine']);
    openImageSet(root, 'mine').read(0, new Uint8Array(64));
  });

  test('a set that appears while another is being made stays as it is', async () => {
    const root = scratch();
    const late = halfway(async () => void (await build(root, 'mine', twenty, listener())));
    const { manifest, made } = await build(root, 'mine', late, listener());
    expect(made).toBe(false);
    expect(manifest).toMatchObject({ train: 18, heldOut: 2 });
  });
});

describe('what is there already', () => {
  test('is left alone when asked for again, refused with other options, replaced when told to', async () => {
    const root = scratch();
    expect((await prepared(root, 'stacked-mnist', { count: '30' })).made).toBe(true);
    for (const typed of [{}, { count: '30' }, { seed: '0' }])
      expect((await prepared(root, 'stacked-mnist', typed)).made).toBe(false);
    await expect(prepared(root, 'stacked-mnist', { count: '30', seed: '1' })).rejects.toThrow(
      /stacked-mnist is there, made with --seed 0; you ask for --seed 1, to replace it: npm run data -- stacked-mnist --data \S+ --count 30 --seed 1 --fresh$/,
    );
    const { manifest, made } = await prepared(root, 'stacked-mnist', { count: '40', seed: '1' }, { fresh: true });
    expect(made).toBe(true);
    expect(manifest).toMatchObject({ train: 36, options: { count: 40, seed: 1 } });
    expect(readdirSync(root).sort()).toEqual(['mnist', 'stacked-mnist']);
  }, 60_000);

  test('a folder with files of the user’s own is never replaced', async () => {
    const root = scratch();
    mkdirSync(join(root, 'cifar10'));
    put(join(root, 'cifar10'), 'cifar-10-binary.tar.gz', 'x');
    for (const fresh of [false, true])
      await expect(prepared(root, 'cifar10', {}, { fresh })).rejects.toThrow(
        /cifar10 (is there, but is no prepared set|holds files that are not ours)/,
      );
    expect(readdirSync(join(root, 'cifar10'))).toEqual(['cifar-10-binary.tar.gz']);
  });

  test('a broken set is refused with the command, and --fresh makes it whole', async () => {
    const root = scratch();
    const from = scratch();
    for (let i = 0; i < 3; i++) put(from, `${i}.png`, onePixel);
    const typed = { from, size: '8' };
    await prepared(root, 'images', typed, { name: 'mine' });
    put(join(root, 'mine'), 'images.u8', 'x');
    await expect(prepared(root, 'images', typed, { name: 'mine' })).rejects.toThrow(
      /images\.u8: expected 576 bytes, it has 1 bytes; make it again with .* --fresh$/,
    );
    expect((await prepared(root, 'images', typed, { name: 'mine', fresh: true })).made).toBe(true);
    openImageSet(root, 'mine').read(2, new Uint8Array(192));
  });
});

describe('what a killed process left', () => {
  /** The number of a process that is over. */
  const over = Number(spawnSync(process.execPath, ['-e', '0']).pid);
  const hourAgo = Date.now() / 1000 - 3601;

  function left(root: string, name: string, file: string, isOld: boolean): void {
    mkdirSync(join(root, name));
    const path = put(join(root, name), file, 'x');
    if (isOld) for (const one of [path, join(root, name)]) utimesSync(one, hourAgo, hourAgo);
  }

  test('is not in the way of one with the same number, as in a container', async () => {
    const root = scratch();
    left(root, `.mine-${process.pid}`, 'images.u8', false);
    expect((await build(root, 'mine', twenty, listener())).made).toBe(true);
    expect(readdirSync(root).sort()).toEqual([`.mine-${process.pid}`, 'mine']);
  });

  test('is removed by the next one, but not what is new, not a living process’s, not other folders', async () => {
    const root = scratch();
    left(root, `.cifar10-${over}`, 'images.u8', true);
    left(root, `.cifar10-${over}.1`, 'images.u8', false); // another machine may be writing it
    left(root, `.cifar10-${process.ppid}`, 'images.u8', true);
    left(root, `.photos-${over}`, 'holiday.jpg', true);
    await build(root, 'mine', twenty, listener());
    expect(readdirSync(root).sort()).toEqual(
      [`.cifar10-${over}.1`, `.cifar10-${process.ppid}`, `.photos-${over}`, 'mine'].sort(),
    );
    expect(existsSync(join(root, `.photos-${over}`, 'holiday.jpg'))).toBe(true);
  });
});

/** A PNG of one grey pixel. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
