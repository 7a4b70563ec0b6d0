/** Pictures become squares: which part of them, in which colours; and what is no picture is said in a few words. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type Fit, readPicture } from '../../../src/datasets/readers/picture.ts';
import { damaged, endsWell, memoryTaken } from './fuzz.ts';

type Colour = readonly [number, number, number];

/** A PNG whose pixel at column x, row y has the given colour. */
function png(width: number, height: number, colour: (x: number, y: number) => Colour): Promise<Buffer> {
  const pixels = Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width))).flat();
  return sharp(Buffer.from(pixels), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

const at = (pixels: Uint8Array, size: number, x: number, y: number) => [
  ...pixels.subarray(3 * (y * size + x)).slice(0, 3),
];
const [red, green, blue] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
] as const;
const centre: Fit = { kind: 'centre' };

describe('which part', () => {
  // three squares of 20 px in a row: red, green, blue
  const flag = png(60, 20, (x) => [red, green, blue][Math.floor(x / 20)] as Colour);

  test('centre: the square in the middle', async () => {
    const pixels = await readPicture(await flag, centre, 10);
    expect(pixels.length).toBe(300);
    for (const [x, y] of [
      [0, 0],
      [9, 9],
      [5, 2],
    ] as const)
      expect(at(pixels, 10, x, y)).toEqual(green);
  });

  test('squeeze: all of it', async () => {
    const pixels = await readPicture(await flag, { kind: 'squeeze' }, 12);
    expect([1, 6, 10].map((x) => at(pixels, 12, x, 6).map((value) => Math.round(value / 5)))).toEqual([
      [51, 0, 0],
      [0, 51, 0],
      [0, 0, 51],
    ]);
  });

  test('crop: CelebA’s square begins at column 15, row 35 and has 148 pixels a side', async () => {
    // red marks the square, one pixel is left out of it on every side
    const face = await png(178, 218, (x, y) => (x >= 15 && x < 163 && y >= 35 && y < 183 ? red : blue));
    const fit: Fit = { kind: 'crop', width: 178, height: 218, side: 148 };
    const pixels = await readPicture(face, fit, 37);
    for (let i = 0; i < 37 * 37; i++) expect(at(pixels, 37, i % 37, Math.floor(i / 37))).toEqual(red);
    await expect(readPicture(await flag, fit, 37)).rejects.toThrow('60 × 20 pixels, not 178 × 218');
  });

  test('as its EXIF turns it', async () => {
    const upright = await png(20, 20, (_, y) => (y < 10 ? red : blue));
    const turned = await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).png().toBuffer();
    const pixels = await readPicture(turned, centre, 10);
    expect([at(pixels, 10, 5, 1), at(pixels, 10, 5, 8)]).toEqual([red, blue]);
  });
});

describe('which colours', () => {
  test('grey, 16 bit and transparent pictures are RGB bytes like others', async () => {
    const grey = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#808080' } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    expect([...new Set(await readPicture(grey, centre, 8))]).toEqual([128]);
    const deep = await sharp(grey).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    for (const value of await readPicture(deep, centre, 8)) expect(Math.abs(value - 128)).toBeLessThan(1.5); // 16 bits rounded
    const clear = await sharp({
      create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...new Set(await readPicture(clear, centre, 8))]).toEqual([255]);
  });
});

describe('what is refused', () => {
  const photograph = png(64, 64, (x, y) => [(x * y) % 256, (x * 7) % 256, (y * 5) % 256]).then((file) =>
    sharp(file).jpeg().toBuffer(),
  );

  test('text, nothing, SVG', async () => {
    await expect(readPicture(Buffer.from('hello'), centre, 8)).rejects.toThrow('not a picture');
    await expect(readPicture(Buffer.alloc(0), centre, 8)).rejects.toThrow('not a picture');
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    await expect(readPicture(Buffer.from(svg), centre, 8)).rejects.toThrow('not a photograph');
  });

  test('a JPEG and a PNG that are cut short', async () => {
    const jpeg = await photograph;
    await expect(readPicture(jpeg.subarray(0, jpeg.length / 2), centre, 8)).rejects.toThrow(
      /VipsJpeg|premature|truncated/i,
    );
    const file = await png(64, 64, (x, y) => [x, y, (x * y) % 256]);
    await expect(readPicture(file.subarray(0, file.length / 2), centre, 8)).rejects.toThrow(/png/i);
  });

  test('a small PNG that declares 60,000 × 60,000 pixels, at once and without memory', async () => {
    const chunk = (type: string, content: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(content.length);
      return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(60_000, 0);
    header.writeUInt32BE(60_000, 4);
    header.set([8, 2], 8);
    const parts = [
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
      chunk('IEND', Buffer.alloc(0)),
    ];
    const bomb = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
    const taken = await memoryTaken(() => expect(readPicture(bomb, centre, 8)).rejects.toThrow(/\S/));
    expect(taken).toBeLessThan(8 * 2 ** 20);
  });

  test('a damaged file gives pixels or one clear line', async () => {
    const jpeg = await photograph;
    await fc.assert(
      fc.asyncProperty(damaged(jpeg), (bytes) =>
        endsWell(async () => expect((await readPicture(bytes, centre, 8)).length).toBe(192)),
      ),
    );
  });
});
