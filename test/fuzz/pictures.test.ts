/** Bytes of any kind as picture files: a square of the size that was asked for, or a few words; memory bounded. */
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Fit, readPicture } from '../../src/datasets/readers/picture.ts';
import { pattern, put } from '../datasets/pictures/files.ts';
import { openBox } from './confined.ts';
import { mutated } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

const [width, height] = [20, 16];
const picture = sharp(pattern(3 * width * height), { raw: { width, height, channels: 3 } });
const files = {
  png: await picture.clone().png().toBuffer(),
  palette: await picture.clone().png({ palette: true, progressive: true }).toBuffer(),
  deep: await picture.clone().toColourspace('rgb16').png().toBuffer(),
  clear: await picture.clone().ensureAlpha(0.5).png().toBuffer(),
  jpeg: await picture.clone().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
  cmyk: await picture.clone().toColourspace('cmyk').jpeg().toBuffer(),
  gif: await picture.clone().gif().toBuffer(),
  webp: await picture.clone().webp({ lossless: true }).toBuffer(),
  tiff: await picture.clone().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
  bands: await picture.clone().ensureAlpha(0.3).tiff({ compression: 'none' }).toBuffer(),
  avif: await picture.clone().avif({ effort: 0 }).toBuffer(),
};

const fits = fc.constantFrom<Fit>({ kind: 'centre' }, { kind: 'squeeze' }, { kind: 'crop', width, height, side: 12 });

test.each(Object.entries(files))('%s, damaged', async (name, file) => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(mutated(file), fits, fc.constantFrom(1, 8, 33), async (bytes, fit, size) => {
      const pixels = await valueOrLine(() => readPicture(bytes, fit, size));
      if (pixels === undefined) return;
      read++;
      expect(pixels).toHaveLength(3 * size * size);
    }),
    runs(name === 'cmyk' ? 15 : 60), // its conversion of colours takes a hundred times as long
  );
  expect(read).toBeGreaterThan(0);
});

/** A PNG of the given header whose checksums are right: what is wrong lies deeper. */
function png(header: Uint8Array, ...content: readonly (readonly [type: string, bytes: Uint8Array])[]): Buffer {
  const chunk = (type: string, bytes: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
    const ends = [bytes.length, crc32(body)].map((value) => {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(value);
      return four;
    });
    return Buffer.concat([ends[0] as Buffer, body, ends[1] as Buffer]); // two were made
  };
  const chunks = [['IHDR', header] as const, ...content, ['IEND', new Uint8Array()] as const];
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunks.map(([type, bytes]) => chunk(type, bytes)),
  ]);
}

test('PNGs whose checksums are right: any header, any scan lines, chunks of any kind', async () => {
  const side = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
    fc.constantFrom(0, 1e5, 2 ** 31 - 1, 2 ** 32 - 1),
  );
  const header = fc
    .tuple(
      side,
      side,
      fc.constantFrom(1, 2, 4, 8, 16, 3),
      fc.constantFrom(0, 2, 3, 4, 6, 7),
      fc.nat(1),
      fc.nat(1),
      fc.nat(2),
    )
    .map(([across, down, ...rest]) => {
      const bytes = Buffer.alloc(13);
      bytes.writeUInt32BE(across, 0);
      bytes.writeUInt32BE(down, 4);
      bytes.set(rest, 8);
      return bytes;
    });
  const lines = fc.oneof(
    fc.constantFrom(0, 100, 4000, 20_000).map((length) => deflateSync(pattern(length).fill(0, 0, 1))),
    fc.uint8Array({ maxLength: 60 }),
  );
  const types = fc.constantFrom('PLTE', 'tRNS', 'gAMA', 'iCCP', 'eXIf', 'tEXt', 'acTL', 'fcTL', 'xxXx');
  const others = fc.array(fc.tuple(types, fc.uint8Array({ maxLength: 40 })), { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(header, lines, others, fits, async (head, data, more, fit) => {
      const pixels = await valueOrLine(() => readPicture(png(head, ...more, ['IDAT', data]), fit, 8));
      if (pixels) expect(pixels).toHaveLength(192);
    }),
    runs(300),
  );
});

test('a folder with a good picture, and others of any bytes under any names', async () => {
  const box = openBox();
  const name = fc.constantFrom(
    'b.png',
    '-rf.jpg',
    'b\n.png',
    '\u001b[31m.gif',
    '__proto__.png',
    'notes.txt',
    'x'.repeat(200),
  );
  const content = fc.oneof(...Object.values(files).map(mutated), fc.uint8Array({ maxLength: 300 }));
  put(box.source, 'a.png', files.png);
  await fc.assert(
    fc.asyncProperty(name, content, async (file, bytes) => {
      put(box.source, file, bytes);
      expect(await box.prepare('images', { from: box.source, size: '8' })).toBe(true);
    }),
    runs(40),
  );
});
