/** `data` as it is called: what it says of sets that are there and are not, and what it refuses before any work. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { progress, runData } from '../../src/cli/data.ts';
import type { DataArguments } from '../../src/cli/data-options.ts';
import { pattern, put, scratch } from '../datasets/pictures/files.ts';
import { preparedSmall } from '../datasets/pictures/sets.ts';
import { projectRoot } from './run-cli.ts';

/** Runs the command and returns its exit code and what it wrote on stdout. */
async function data(root: string, given: DataArguments): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    return { code: await runData({ data: root, ...given }, projectRoot), said: lines.join('\n') };
  } finally {
    log.mockRestore();
  }
}

const small = { shape: [8, 8, 1], train: Array.from({ length: 20 }, () => [pattern(64)] as const) } as const;

describe('a set', () => {
  test('is prepared, then there, then verified', async () => {
    const root = scratch();
    const made = await data(root, { dataset: 'mnist' });
    expect(made).toEqual({
      code: 0,
      said: expect.stringMatching(
        /mnist: 9,000 \+ 1,000 pictures of 28 × 28 × 1, 7\.8 MB \(the first 10,000 digits of MNIST/,
      ),
    });
    const there = await data(root, { dataset: 'mnist' });
    expect(there).toEqual({
      code: 0,
      said: expect.stringMatching(/mnist is there: 9,000 \+ 1,000 pictures of 28 × 28 × 1 \(/),
    });
    expect((await data(root, { dataset: 'mnist', verify: true })).said).toMatch(/; every byte is as it was prepared$/);
    put(join(root, 'mnist'), 'labels.u8', new Uint8Array(10_000));
    await expect(data(root, { dataset: 'mnist', verify: true })).rejects.toThrow(
      /labels\.u8: its bytes are not those .* npm run data -- mnist --data \S+ --fresh$/,
    );
  });

  test('of one’s own is known by its name once it is there', async () => {
    const root = scratch();
    await expect(data(root, { dataset: 'mine' })).rejects.toThrow(
      /^unknown data set 'mine' \(expected one of mnist, .*, images, or a set of your own in/,
    );
    await preparedSmall(root, 'mine', small);
    expect((await data(root, { dataset: 'mine' })).said).toMatch(/mine is there: 18 \+ 2 pictures of 8 × 8 × 1/);
    expect((await data(root, { dataset: 'mine', verify: true })).code).toBe(0);
    await expect(data(root, { dataset: 'mine', from: '/x' })).rejects.toThrow(
      '--from: mine is a set of your own: npm run data -- images --name mine …',
    );
  });

  test('without its sources: one line with the command', async () => {
    const root = scratch();
    await expect(data(root, { dataset: 'celeba' })).rejects.toThrow(
      /^celeba needs --from <folder with img_align_celeba\.zip/,
    );
    await expect(data(root, { dataset: 'mnist', verify: true })).rejects.toThrow(
      /mnist is not there: npm run data -- mnist/,
    );
  });
});

describe('the list', () => {
  test('says what each set is and needs, what is there, and what is broken', async () => {
    const root = scratch();
    const fresh = await data(root, { list: true });
    expect(fresh.code).toBe(0);
    for (const name of ['mnist', 'fashion-mnist', 'stacked-mnist', 'cifar10', 'celeba', 'traffic', 'shapes', 'images'])
      expect(fresh.said).toMatch(new RegExp(`^  ${name} +\\S.*\\n {17}needs \\S`, 'm'));
    await preparedSmall(root, 'mnist', small);
    await preparedSmall(root, 'mine', small);
    await preparedSmall(root, 'shapes', small);
    put(join(root, 'shapes'), 'images.u8', 'x');
    mkdirSync(join(root, 'celeba'));
    const { said } = await data(root, { list: true });
    expect(said).toMatch(/^ {2}mnist .*\n +is there: 18 \+ 2 pictures of 8 × 8 × 1$/m);
    expect(said).toMatch(/^ {2}celeba .*\n +.*celeba is there, but is no prepared set$/m);
    expect(said).toMatch(/^ {2}shapes .*\n +.*images\.u8: expected 1280 bytes, it has 1 bytes/m);
    expect(said).toMatch(/^ {2}mine +a set of your own\n +is there: 18 \+ 2 pictures/m);
  });
});

describe('what is refused', () => {
  test.each<[string, DataArguments, RegExp]>([
    ['no set', {}, /^expected a data set: npm run data -- <name> \(npm run data -- --list shows them\)$/],
    ['a scorer without a name', { dataset: 'scorer' }, /^scorer: expected the name of one \(mobilenet\), got none$/],
    [
      'an option of sets for a scorer',
      { dataset: 'scorer', scorer: 'mobilenet', size: '8' },
      /^--size: is an option of sets, a/,
    ],
    ['two words', { dataset: 'mnist', scorer: 'mobilenet' }, /^unexpected argument 'mobilenet' after 'mnist'$/],
    ['a slip of the pen', { dataset: 'mnits' }, /^unknown data set 'mnits'; did you mean 'mnist'\?/],
    ['a path', { dataset: '../data' }, /^unknown data set '\.\.\/data'/],
    [
      'an option of another set',
      { dataset: 'mnist', video: '/x' },
      /^--video: mnist does not take it \(traffic does\)$/,
    ],
    [
      'an option of several others',
      { dataset: 'mnist', size: '32' },
      /^--size: mnist does not take it \(celeba, traffic, shapes, openmoji, images do\)$/,
    ],
    [
      'a name for a set that has one',
      { dataset: 'mnist', name: 'mine' },
      /^--name: is an option of images, mnist has its own$/,
    ],
    ['pictures without a name', { dataset: 'images', from: '/x' }, /^images: expected --name <its name>, got none$/],
    [
      'a name that is ours',
      { dataset: 'images', name: 'celeba', from: '/x' },
      /^--name: expected a name of your own, celeba is one of ours$/,
    ],
    [
      'a name that is no slug',
      { dataset: 'images', name: '../mine', from: '/x' },
      /^--name: expected small letters, digits and dashes, got '\.\.\/mine'$/,
    ],
    [
      'pictures from nowhere',
      { dataset: 'images', name: 'mine' },
      /^images: expected --from <folder of pictures>, got nothing$/,
    ],
  ])('%s', async (_, given, message) => {
    await expect(data(scratch(), given)).rejects.toThrow(message);
  });

  test('a place that is a file', async () => {
    await expect(data(put(scratch(), 'x', ''), { dataset: 'mnist' })).rejects.toThrow(/^--data: expected a folder, /);
  });
});

test('progress: a line a second at most, the first one after a second', () => {
  let now = 5000;
  const lines: string[] = [];
  const step = progress(
    'mnist',
    (line) => lines.push(line),
    () => now,
  );
  for (let done = 1; done <= 100; done++) {
    now += 30;
    step(done * 1000, done > 50 ? undefined : 100_000, 'pictures');
  }
  expect(lines).toEqual(['mnist: 34,000 of 100,000 pictures', 'mnist: 68,000 pictures']);
});
