/** However a stream is cut into chunks, a reader gives the same pieces. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from '../../../src/datasets/readers/byte-reader.ts';
import { chunked, pattern } from '../pictures/files.ts';

test('pieces of any lengths from chunks of any lengths', async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.nat(300), lengths, lengths, async (total, chunks, pieces) => {
      const bytes = pattern(total);
      const reader = new ByteReader(chunked(bytes, chunks));
      const taken: number[] = [];
      for (let turn = 0; ; turn++) {
        const wanted = pieces[turn % pieces.length] as number;
        const left = total - taken.length;
        const piece = await reader.take(wanted);
        expect(piece.length).toBe(Math.min(wanted, left));
        taken.push(...piece);
        if (piece.length < wanted) break;
      }
      expect(Uint8Array.from(taken)).toEqual(bytes);
      expect((await reader.some(5)).length).toBe(0);
    }),
  );
});

test('skip leaves out as many bytes as there are, and says how many', async () => {
  const reader = new ByteReader(chunked(pattern(10), [3]));
  expect(await reader.skip(4)).toBe(4);
  expect([...(await reader.take(2))]).toEqual([28, 35]); // (7 i) mod 251 for i = 4, 5
  expect(await reader.skip(100)).toBe(4);
});

test('close ends the stream that it reads', async () => {
  let isOver = false;
  async function* endless() {
    try {
      for (;;) yield pattern(8);
    } finally {
      isOver = true;
    }
  }
  const reader = new ByteReader(endless());
  await reader.take(20);
  await reader.close();
  expect(isOver).toBe(true);
});
