/** The sheet of a prepared set: rows by class or attribute, the most frequent first, with pictures of that class alone. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openImageSet } from '../../src/datasets/pictures/image-set.ts';
import { setSheet } from '../../src/inspect/set-sheet.ts';
import { scratch } from '../datasets/pictures/files.ts';
import { preparedSmall, type Small } from '../datasets/pictures/sets.ts';

const grey = (level: number) => new Uint8Array(64).fill(level);

/** Levels at the middles of the cells of 12 columns from the right, row by row. */
async function cells(root: string, name: string): Promise<number[][]> {
  const { data, info } = await sharp(await setSheet(openImageSet(root, name)))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const cell = 66; // 64 pixels and a gap
  const rows = Math.round((info.height - 2) / cell);
  const left = info.width - (12 * cell + 2);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: 12 }, (_, column) => data[(row * cell + 34) * info.width + left + column * cell + 34] ?? -1),
  );
}

test('rows are classes by falling frequency; a class of few pictures ends in white', async () => {
  const root = scratch();
  const train = [
    ...Array.from({ length: 24 }, (_, i) => [grey(i), Uint8Array.of(1)] as const),
    [grey(200), Uint8Array.of(0)] as const,
  ];
  const labels = { kind: 'classes', heads: [['rare', 'frequent', 'never']] } as const;
  await preparedSmall(root, 'pets', {
    shape: [8, 8, 1],
    train,
    heldOut: [train[0] as (typeof train)[0]],
    labels,
  } satisfies Small);
  const even = Array.from({ length: 12 }, (_, i) => 2 * i); // every second of the 24
  expect(await cells(root, 'pets')).toEqual([even, [200, ...Array(11).fill(255)]]);
});

test('attributes have a row each, pictures without labels a grid', async () => {
  const root = scratch();
  const of = (...signs: number[]) => Uint8Array.from(signs);
  const train = [[grey(10), of(1, 1)] as const, [grey(20), of(0, 1)] as const];
  const labels = { kind: 'attributes', names: ['hat', 'smile'] } as const;
  await preparedSmall(root, 'faces', { shape: [8, 8, 1], train, labels } satisfies Small);
  const white = (count: number) => Array(count).fill(255);
  expect(await cells(root, 'faces')).toEqual([
    [10, 20, ...white(10)],
    [10, ...white(11)],
  ]);
  await preparedSmall(root, 'plain', {
    shape: [8, 8, 1],
    train: Array.from({ length: 14 }, (_, i) => [grey(i)] as const),
  } satisfies Small);
  expect(await cells(root, 'plain')).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    [12, ...white(11)],
  ]);
});
