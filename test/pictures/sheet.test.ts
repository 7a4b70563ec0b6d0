/** Sheets of pictures, pixel by pixel. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import { alternating, byteOf, sheetPixels, sheetPng } from '../../src/pictures/sheet.ts';

const points = (dim: number, ...values: number[]): Points => ({
  values: Float32Array.from(values),
  count: values.length / dim,
  dim,
});

/** Red of every pixel, as rows. */
function reds({ data, width, height }: ReturnType<typeof sheetPixels>): number[][] {
  expect(data.length).toBe(width * height * 3);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[3 * (y * width + x)] ?? 0),
  );
}

describe('byteOf', () => {
  it('is 0 at −1, 255 at 1, the nearest byte between; beyond is cut, and what is no number is black', () => {
    expect([-1, 0, 1, -2, 7, 0.2, Number.NaN].map(byteOf)).toEqual([0, 128, 255, 0, 255, 153, 0]);
    expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(byteOf)).toEqual([255, 0]);
    // Every byte comes back from the number that it stands for.
    for (let byte = 0; byte < 256; byte++) expect(byteOf(Math.fround(byte / 127.5 - 1))).toBe(byte);
  });
});

describe('sheetPixels', () => {
  const w = 255;

  it('sets pictures side by side, white gaps of two pixels around each', () => {
    // Grey, two of 2 × 2: −0.6 is 51, 0.2 is 153.
    const sheet = sheetPixels(points(4, -1, -0.6, -0.2, 0.2, 0.6, 1, Number.NaN, -1), [2, 2, 1], {
      columns: 2,
      side: 2,
    });
    expect(reds(sheet)).toEqual([
      [w, w, w, w, w, w, w, w, w, w],
      [w, w, w, w, w, w, w, w, w, w],
      [w, w, 0, 51, w, w, 204, 255, w, w],
      [w, w, 102, 153, w, w, 0, 0, w, w],
      [w, w, w, w, w, w, w, w, w, w],
      [w, w, w, w, w, w, w, w, w, w],
    ]);
    // Grey: the same in all three.
    expect([...sheet.data.subarray(3 * 23, 3 * 24)]).toEqual([51, 51, 51]);
  });

  it('goes on in the next row, which may be short', () => {
    const rows = reds(sheetPixels(points(1, -1, -1, -1), [1, 1, 1], { columns: 2, side: 1 }));
    expect(rows.map((row) => row.map((value) => (value === 0 ? '#' : '.')).join(''))).toEqual([
      '........',
      '........',
      '..#..#..',
      '........',
      '........',
      '..#.....',
      '........',
      '........',
    ]);
  });

  it('is no wider than the pictures that there are', () => {
    expect(sheetPixels(points(1, 0), [1, 1, 1], { columns: 10, side: 1 })).toMatchObject({ width: 5, height: 5 });
  });

  it('enlarges small pictures without smoothing', () => {
    const rows = reds(sheetPixels(points(2, -1, 0.2), [1, 2, 1], { columns: 1, side: 4 }));
    expect(rows.slice(2, 4)).toEqual([
      [w, w, 0, 0, 153, 153, w, w],
      [w, w, 0, 0, 153, 153, w, w],
    ]);
    expect(rows).toHaveLength(6);
    // Pictures that are large enough stay as they are; 28 px become 56, as near to 64 as whole factors come.
    const side = (size: number) => sheetPixels(points(size * size), [size, size, 1], { columns: 1 }).height;
    const one = (size: number) =>
      sheetPixels({ values: new Float32Array(size * size), count: 1, dim: size * size }, [size, size, 1], {
        columns: 1,
      });
    expect(side(64)).toBe(2); // no pictures: a gap
    expect([8, 28, 64, 128].map((size) => one(size).height - 4)).toEqual([64, 56, 64, 128]);
  });

  it('keeps colours', () => {
    const { data } = sheetPixels(points(3, -1, 0.2, 1), [1, 1, 3], { columns: 1, side: 1 });
    expect([...data.subarray(3 * (2 * 5 + 2), 3 * (2 * 5 + 3))]).toEqual([0, 153, 255]);
  });
});

it('sheetPng is those pixels as a PNG', async () => {
  const pictures = points(12, ...Array.from({ length: 36 }, (_, index) => index / 18 - 1));
  const options = { columns: 2, side: 4 };
  const decoded = await sharp(await sheetPng(pictures, [2, 2, 3], options))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, width, height } = sheetPixels(pictures, [2, 2, 3], options);
  expect(decoded.info).toMatchObject({ width, height, channels: 3, format: 'raw' });
  expect(decoded.data.equals(Buffer.from(data))).toBe(true);
});

describe('alternating', () => {
  it('is a row of the one, then the row of the other that belongs to it', () => {
    const { values, count } = alternating(points(1, 1, 2, 3, 4), points(1, 5, 6, 7, 8), 2);
    expect([...values]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    expect(count).toBe(8);
  });

  it('fills a short last row with white', () => {
    const { values, count, dim } = alternating(
      points(2, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
      points(2, -0.1, -0.2, -0.3, -0.4, -0.5, -0.6),
      2,
    );
    expect(values).toEqual(
      Float32Array.of(0.1, 0.2, 0.3, 0.4, -0.1, -0.2, -0.3, -0.4, 0.5, 0.6, 1, 1, -0.5, -0.6, 1, 1),
    );
    expect([count, dim]).toEqual([8, 2]);
  });
});
