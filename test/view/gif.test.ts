/** The GIF that the page saves, read back by another program: sizes, times, pixels. */
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { GifRecorder } from '../../src/view/client/gif.ts';

async function readBack(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes, { animated: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { pages = 1, delay, loop } = await sharp(bytes, { animated: true }).metadata();
  return { pages, delay, loop, width: info.width, height: info.height / pages, data };
}

const opaque = (rgb: readonly number[]) =>
  Uint8ClampedArray.from({ length: (rgb.length / 3) * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (rgb[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
  );

const size = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });

it('has every pixel of frames of few colours', async () => {
  const colours = [
    [255, 255, 255],
    [16, 24, 40],
    [230, 159, 0],
    [0, 114, 178],
    [0, 0, 0],
  ] as const;
  await fc.assert(
    fc.asyncProperty(size, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat(4)), async (of, count, random) => {
      const gif = new GifRecorder(of.width, of.height);
      const frames = Array.from({ length: count }, () =>
        Array.from({ length: of.width * of.height }, () => colours[random.next().value as number] ?? [0, 0, 0]).flat(),
      );
      for (const [at, frame] of frames.entries()) gif.add(opaque(frame), at === count - 1 ? 900 : 130);
      const read = await readBack(gif.bytes());
      expect(read).toMatchObject({ ...of, pages: count, loop: count === 1 ? read.loop : 0 });
      if (count > 1) expect(read.delay).toEqual([...Array.from({ length: count - 1 }, () => 130), 900]);
      expect([...read.data]).toEqual(frames.flat());
    }),
    { numRuns: 40, seed: 1 },
  );
});

it('is near to frames of more colours than a palette holds, with codes beyond its table', async () => {
  const [width, height] = [320, 200];
  const rgb = Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return [(255 * x) / width, (255 * y) / height, (x * y * 7) % 256].map(Math.round);
  }).flat();
  const gif = new GifRecorder(width, height);
  gif.add(opaque(rgb), 100);
  const { data } = await readBack(gif.bytes());
  const error = rgb.reduce((sum, value, at) => sum + Math.abs(value - (data[at] ?? 0)), 0) / rgb.length;
  expect(error).toBeLessThan(12);
});
