/** IDX files: items as they stand, and every way in which a header can lie said in one line. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from '../../../src/datasets/readers/byte-reader.ts';
import { openIdx } from '../../../src/datasets/readers/idx.ts';
import { chunked, idx, pattern } from '../pictures/files.ts';
import { anyBytes, endsWell, memoryTaken } from './fuzz.ts';

async function read(bytes: Uint8Array, rank: 1 | 3 = 3, chunks?: readonly number[]): Promise<number[][]> {
  const items: number[][] = [];
  for await (const item of (await openIdx(new ByteReader(chunked(bytes, chunks)), 'x', rank)).items())
    items.push([...item]);
  return items;
}

test('pictures and labels, in whatever chunks they come', async () => {
  const bytes = idx([2, 2, 3], pattern(12));
  const items = [
    [0, 7, 14, 21, 28, 35],
    [42, 49, 56, 63, 70, 77],
  ];
  expect(await read(bytes)).toEqual(items);
  expect(await read(bytes, 3, [1, 5, 2])).toEqual(items);
  expect(await read(idx([3], Buffer.of(9, 0, 4)), 1)).toEqual([[9], [0], [4]]);
});

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', Buffer.alloc(0), /^x: expected an IDX file, it ends after 0 bytes$/],
  [
    'labels in place of pictures',
    idx([20], pattern(20)),
    /^x: expected an IDX file of pictures .* begins with 0x00000801$/,
  ],
  ['another format', Buffer.from('\x89PNG\r\n\x1a\n0123456789', 'latin1'), /begins with 0x89504e47$/],
  ['a cut file', idx([3, 2, 2], pattern(9)), /^x: cut short, its header says 3 items and it holds 2$/],
  ['a longer file', idx([2, 2, 2], pattern(9)), /^x: goes on after the 2 items/],
  ['no items', idx([0, 2, 2], pattern(0)), /^x: expected items/],
  ['no pixels', idx([2, 0, 2], pattern(0)), /^x: expected pictures of at most 1,024 × 1,024, its header says 0 × 2$/],
  ['pictures of 4 GB', idx([1, 1, 1], pattern(1), [1, 65_535, 65_535]), /^x: expected pictures of at most/],
])('%s is refused', async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message);
});

test('a header that promises four thousand million pictures of a megabyte costs one of them', async () => {
  const bytes = idx([1, 1, 1], pattern(100), [2 ** 32 - 1, 1024, 1024]);
  const taken = await memoryTaken(() => expect(read(bytes, 3, [10])).rejects.toThrow('holds 0'));
  expect(taken).toBeLessThan(8 * 2 ** 20);
});

test('any bytes end in items or in one clear line', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes(idx([3, 2, 2], pattern(12))), fc.constantFrom(1 as const, 3 as const), (bytes, rank) =>
      endsWell(() => read(bytes, rank)),
    ),
    { numRuns: 500 },
  );
});
