/** Sheets are cut from PNGs as trials write them: which pictures, which pixels, in what size. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import { stream } from '../../src/base/random.ts';
import { sheetPng } from '../../src/pictures/sheet.ts';
import { cutSheet } from '../../src/report/sheet.ts';

/** Pictures of one grey each: picture i has the byte i. */
const greys = (count: number, size: number): Points => ({
  values: Float32Array.from({ length: count * size * size }, (_, at) => Math.floor(at / (size * size)) / 127.5 - 1),
  count,
  dim: size * size,
});
const sheetOf = async (count: number, size: number) =>
  cutSheet(await sheetPng(greys(count, size), [size, size, 1], { columns: 10 }), size);

async function pixelsOf(uri: string) {
  const [head = '', body = ''] = uri.split(',');
  const { data, info } = await sharp(Buffer.from(body, 'base64')).raw().toBuffer({ resolveWithObject: true });
  return { head, data, info };
}

describe('cutSheet', () => {
  // A sheet has ten pictures a row: the second row of the cut starts with picture 10, whatever its own width.
  it.each([
    { size: 28, columns: 5, rows: 4, side: 56 },
    { size: 32, columns: 4, rows: 6, side: 64 },
    { size: 64, columns: 4, rows: 6, side: 64 },
    { size: 16, columns: 4, rows: 6, side: 64 },
  ])('of pictures of $size pixels holds each as it was, row under row', async ({ size, columns, rows, side }) => {
    const sheet = await sheetOf(100, size);
    expect(sheet).toMatchObject({ columns, rows, side });
    const { head, data, info } = await pixelsOf(sheet.uri);
    expect(head).toBe('data:image/png;base64');
    expect([info.width, info.height]).toEqual([columns * size, rows * size]);
    for (let y = 0; y < rows * size; y++) {
      for (let x = 0; x < columns * size; x++) {
        const picture = 10 * Math.floor(y / size) + Math.floor(x / size);
        expect(data[(y * columns * size + x) * info.channels]).toBe(picture);
      }
    }
  });

  it('keeps colours, and halves pictures that are too large for a page', async () => {
    const red = {
      values: new Float32Array(3 * 128 * 128 * 4).map((_, at) => (at % 3 === 0 ? 1 : -1)),
      count: 4,
      dim: 3 * 128 * 128,
    };
    const sheet = await cutSheet(await sheetPng(red, [128, 128, 3], { columns: 10 }), 128);
    expect(sheet).toMatchObject({ columns: 4, rows: 1, side: 64 });
    const { data, info } = await pixelsOf(sheet.uri);
    expect([info.width, info.height, info.channels]).toEqual([256, 64, 3]);
    expect([...data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  it('takes a JPEG where a PNG would be heavy', async () => {
    const random = stream(0, 'evaluation');
    const dim = 64 * 64 * 3;
    const noise = { values: Float32Array.from({ length: 100 * dim }, () => 2 * random.uniform() - 1), count: 100, dim };
    const { uri } = await cutSheet(await sheetPng(noise, [64, 64, 3], { columns: 10 }), 64);
    expect(uri).toMatch(/^data:image\/jpeg;base64,/);
    expect(uri.length).toBeLessThan(300_000);
  });

  it('refuses what is no such sheet, in a line', async () => {
    const png = await sheetPng(greys(100, 28), [28, 28, 1], { columns: 10 });
    await expect(cutSheet(png, 32)).rejects.toThrow('expected a sheet of pictures of 32 × 32, got 582 × 582 pixels');
    await expect(cutSheet(png.subarray(0, 50), 28)).rejects.toThrow();
  });
});
