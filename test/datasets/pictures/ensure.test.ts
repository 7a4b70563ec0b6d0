/** What experiments call before they read pictures: makes what can be made by itself, says what to type for the rest. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { ensureImages } from '../../../src/datasets/prepare-set.ts';
import { pictureSets } from '../../../src/datasets/sets/sets.ts';
import { pattern, put, scratch } from './files.ts';
import { preparedSmall } from './sets.ts';

const small = { shape: [8, 8, 1], train: [[pattern(64)]] } as const;

test('a set that is there: not a word, nothing done', async () => {
  const root = scratch();
  await preparedSmall(root, 'celeba', small);
  await ensureImages(root, 'celeba', (line) => expect.unreachable(line));
});

test('mnist: one line first, then it is there; two at once do no harm', async () => {
  const root = scratch();
  const told: string[] = [];
  await Promise.all([1, 2].map(() => ensureImages(root, 'mnist', (line) => told.push(line))));
  expect(told).toEqual(
    Array(2).fill(`preparing ${join(root, 'mnist')} (handwritten digits, 28 px: 10,000 of them, or all 70,000)`),
  );
  expect(readdirSync(root)).toEqual(['mnist']);
  expect(openImageSet(root, 'mnist').heldOut).toBe(1000);
});

test('what cannot be made by itself: the command, and nothing is written', async () => {
  const root = scratch();
  const ensuring = (set: string) => ensureImages(root, set, (line) => expect.unreachable(line));
  await expect(ensuring('cifar10')).rejects.toThrow(/cifar10 is not there: npm run data -- cifar10 .*--download/);
  await expect(ensuring('mine')).rejects.toThrow(/mine is not there: npm run data -- images .*--name mine --from/);
  expect(readdirSync(root)).toEqual([]);
});

test('a damaged set is said before anything trains on it', async () => {
  const root = scratch();
  await preparedSmall(root, 'mnist', small);
  put(join(root, 'mnist'), 'images.u8', 'x');
  await expect(ensureImages(root, 'mnist', () => {})).rejects.toThrow(/images\.u8: expected 64 bytes, it has 1 bytes/);
});

describe('the catalogue', () => {
  test.each(pictureSets)('$name has a recipe that takes what is typed, and knows what it made', ({ options, plan }) => {
    const values: Record<string, string | boolean> = {
      from: '/x',
      labels: '/x.csv',
      by: 'subgroup',
      video: '/x',
      every: '3s',
      size: '32',
      count: '50',
      seed: '7',
      empty: '0.5',
      all: true,
    };
    for (const option of Object.keys(options)) {
      if (option === 'download') continue; // says how, not what
      const typed = { [option]: values[option], ...(option === 'every' ? { video: '/x' } : {}) };
      expect(String(plan(typed).choices[option])).toBe(String(values[option]));
    }
  });

  test('names are slugs, each once', () => {
    const names = pictureSets.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
