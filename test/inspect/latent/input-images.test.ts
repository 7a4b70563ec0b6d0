/** Pictures of the user's own, and examples that a trial was not trained on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pointAt } from '../../../src/base/points.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { heldOut, readInputImages } from '../../../src/inspect/latent/input-images.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'modebench-given-'));
  const png = (pixels: number[], width: number, height: number) =>
    sharp(Uint8Array.from(pixels), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
  await writeFile(join(root, 'b.png'), await png([255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0], 2, 2));
  await writeFile(join(root, 'a.png'), await png(Array<number>(6 * 4 * 3).fill(255), 6, 4));
  await writeFile(join(root, 'notes.txt'), 'no picture');
  await writeFile(join(root, 'broken.dat'), 'no picture');
  await writePictureSet(join(root, 'data'), 'plain', { labels: 'none', train: 30, heldOut: 12 });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const at = (name: string) => join(root, name);

describe('readInputImages', () => {
  it('reads the pictures of a folder in the order of their names, cut and resized, and says so', async () => {
    const given = await readInputImages([root], [2, 2, 3], 10, '--pictures');
    expect(given.names).toEqual(['a.png', 'b.png']);
    expect([...pointAt(given.points, 0)]).toEqual(Array(12).fill(1));
    expect([...pointAt(given.points, 1)]).toEqual([1, -1, -1, -1, 1, -1, -1, -1, 1, -1, -1, -1]);
    expect(given.notes).toEqual(['1 of 2 had another size: cut to the middle square and resized to 2 × 2']);
  });

  it('makes colours grey by their luma, for trials of one channel', async () => {
    const { points, notes } = await readInputImages([at('b.png')], [2, 2, 1], 10, '--pictures');
    const expected = [0.299, 0.587, 0.114, 0].map((luma) => 2 * luma - 1); // Rec. 601
    for (const [index, value] of expected.entries()) expect(points.values[index]).toBeCloseTo(value, 6);
    expect(notes).toEqual([]);
  });

  it('leaves out what is too many, and says so', async () => {
    const given = await readInputImages([root], [2, 2, 3], 1, '--pictures');
    expect(given.names).toEqual(['a.png']);
    expect(given.notes.at(-1)).toBe('1 more left out');
  });

  it.each([
    ['nothing.png', /^--pictures: .*nothing\.png is not there$/],
    ['broken.dat', /^--pictures: .*broken\.dat: expected a picture, could not read it \(not a picture\)$/],
    ['data', /^--pictures: .*data holds no pictures$/],
  ])('refuses %s in one line', async (name, message) => {
    const reading = readInputImages([at(name)], [2, 2, 3], 5, '--pictures');
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe('heldOut', () => {
  it('gives different pictures of the held-out part, averaged down to the size of the trial', () => {
    const given = heldOut({ kind: 'images', set: 'plain', size: 4 }, at('data'), 12, 0);
    expect(given.names.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => 30 + i));
    expect(given.description).toBe('12 held-out pictures of plain');
    const stored = new Uint8Array(64);
    openImageSet(at('data'), 'plain').read(Number(given.names[3]), stored);
    const block = [0, 1, 8, 9].reduce((sum, pixel) => sum + (stored[pixel] as number), 0);
    expect(pointAt(given.points, 3)[0]).toBeCloseTo(Math.floor((block + 2) / 4) / 127.5 - 1, 6);
  });

  it('gives as many as there are, and others for another seed', () => {
    const data = { kind: 'images', set: 'plain', size: 8 } as const;
    expect(heldOut(data, at('data'), 50, 0).points.count).toBe(12);
    expect(heldOut(data, at('data'), 3, 1).names).not.toEqual(heldOut(data, at('data'), 3, 0).names);
  });
});
