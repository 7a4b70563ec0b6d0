/** Pictures as arrays of bytes: both orders of axes, grey and colour, other sizes; and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeNpy } from '../../../src/disk/npz.ts';
import { openPictureArrays } from '../../../src/inspect/score/picture-arrays.ts';

const numpy = fileURLToPath(new URL('../../fixtures/numpy/', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modebench-arrays-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(shape: readonly number[], values: readonly number[]): string {
  const path = join(folder, `${shape.join('-')}.npy`);
  writeFileSync(path, encodeNpy({ name: 'x', shape, values: Uint8Array.from(values) }));
  return path;
}

test('as NumPy wrote them: the last axis is the colour', async () => {
  const pictures = await openPictureArrays(join(numpy, 'u1.npy'));
  expect(pictures).toMatchObject({
    files: ['0', '1'],
    side: 2,
    says: '2 pictures in an array',
    first: 'picture 0, 2 × 2',
  });
  const { pixels, sides } = await pictures.read('1', 2);
  expect([...pixels]).toEqual(Array.from({ length: 12 }, (_, at) => 12 + at));
  expect(sides).toEqual([2, 2]);
});

test('colours as planes, and grey', async () => {
  const planes = await openPictureArrays(written([1, 3, 1, 2], [1, 2, 3, 4, 5, 6]));
  expect(planes.side).toBeUndefined();
  const square = await openPictureArrays(written([1, 3, 2, 2], [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]));
  expect([...(await square.read('0', 2)).pixels]).toEqual([0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23]);
  const grey = await openPictureArrays(written([1, 2, 2, 1], [7, 8, 9, 10]));
  expect([...(await grey.read('0', 2)).pixels]).toEqual([7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10]);
  expect([...(await grey.read('0', 1)).pixels]).toHaveLength(3);
});

test.each([
  ['f4.npy', 'other numbers of \\(4, 2\\)'],
  ['bool.npy', 'uint8 of \\(4, 2\\)'],
])('%s is refused', async (name, got) => {
  await expect(openPictureArrays(join(numpy, name))).rejects.toThrow(
    new RegExp(`expected pictures as uint8 \\(count, height, width, channels\\), 1 channel or 3, got ${got}$`),
  );
});
