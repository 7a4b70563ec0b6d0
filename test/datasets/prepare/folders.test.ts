/** Folders of pictures, frames and videos of one's own, and the options that simulated sets take. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { SkippedFiles } from '../../../src/datasets/prepare/skips.ts';
import { shapesFaces, shapesLabels } from '../../../src/datasets/simulated/shapes.ts';
import { trafficFrames, trafficLabels } from '../../../src/datasets/simulated/traffic.ts';
import { put, scratch } from '../pictures/files.ts';
import { listener, prepared } from '../pictures/sets.ts';

const plain = (level: number, width = 20, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: { r: level, g: level, b: level } } })
    .png()
    .toBuffer();

function levelsOf(root: string, name: string): number[] {
  const set = openImageSet(root, name);
  const picture = new Uint8Array(set.shape[0] * set.shape[1] * 3);
  return Array.from({ length: set.train + set.heldOut }, (_, index) => {
    set.read(index, picture);
    return Math.round(picture.reduce((sum, value) => sum + value, 0) / picture.length);
  });
}

describe('images', () => {
  test('in name order with numbers by their value, folders included; the last tenth is held out', async () => {
    const [from, root] = [scratch(), scratch()];
    mkdirSync(join(from, 'z'));
    for (const i of [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) put(from, `frame${i}.png`, await plain(i));
    put(
      join(from, 'z'),
      'a.jpg',
      await sharp(await plain(99))
        .jpeg()
        .toBuffer(),
    );
    const { manifest } = await prepared(root, 'images', { from, size: '8' }, { name: 'mine' });
    expect(manifest).toMatchObject({ name: 'mine', shape: [8, 8, 3], train: 10, heldOut: 1, skipped: 0 });
    expect(manifest.labels).toBeUndefined();
    expect(levelsOf(root, 'mine')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]);
  });

  test('two folders are two classes, the last tenth of each held out; parts that folders name stay parts', async () => {
    const [from, root, heard] = [scratch(), scratch(), listener()];
    for (const [at, name] of ['cats', 'dogs'].entries()) {
      mkdirSync(join(from, name));
      for (let i = 0; i < 10; i++) put(join(from, name), `${i}.png`, await plain(100 * at + i));
    }
    put(from, 'notes.txt', 'hello');
    const { manifest } = await prepared(root, 'images', { from, size: '8' }, { ...heard, name: 'pets' });
    const labels = { kind: 'classes', heads: [['cats', 'dogs']] };
    expect(manifest).toMatchObject({
      train: 18,
      heldOut: 2,
      labels,
      source: expect.stringContaining('folders are classes'),
    });
    expect(heard.told).toEqual(['folders are classes: cats 10, dogs 10', 'skipped 1 file: notes.txt (has no class)']);
    expect(levelsOf(root, 'pets')).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 101, 102, 103, 104, 105, 106, 107, 108, 9, 109,
    ]);
    const set = openImageSet(root, 'pets');
    expect([8, 9, 18, 19].map((index) => set.labelsOf(index)[0])).toEqual([0, 1, 0, 1]);

    const split = scratch();
    for (const part of ['train', 'test'])
      for (const [at, name] of ['cats', 'dogs'].entries()) {
        mkdirSync(join(split, part, name), { recursive: true });
        put(join(split, part, name), 'a.png', await plain(100 * at + (part === 'test' ? 1 : 0)));
      }
    const parted = await prepared(root, 'images', { from: split, size: '8' }, { name: 'parted' });
    expect(parted.manifest).toMatchObject({ train: 2, heldOut: 2, labels });
    expect(levelsOf(root, 'parted')).toEqual([0, 100, 1, 101]);
  });

  test('a table of classes: heads side by side, paths from the folder; what it lacks is skipped', async () => {
    const [from, root, heard] = [scratch(), scratch(), listener()];
    for (let i = 0; i < 4; i++) put(from, `${i}.png`, await plain(i));
    const labels = put(from, 'labels.csv', 'file,kind,size\n0.png,cat,small\n1.png,dog,small\n2.png,cat,large\n');
    const preparing = (table: string) =>
      prepared(root, 'images', { from, size: '8', labels: table }, { ...heard, name: 'pets' });
    const bad = (text: string) => preparing(put(scratch(), 'bad.csv', text));
    await expect(preparing('/none.csv')).rejects.toThrow('--labels: there is no file /none.csv');
    await expect(bad('file\n0.png\n')).rejects.toThrow(
      /^--labels: .*bad\.csv: expected a head, then a file and its class/,
    );
    await expect(bad('file,kind\n0.png,\n')).rejects.toThrow(/row 2 has an empty cell$/);
    await expect(bad('file,kind\nx.png,cat\n')).rejects.toThrow(
      /names none of the files there, as 'x\.png' \(paths from --from\)$/,
    );
    await expect(bad('file,kind\n0.png,cat\n0.png,dog\n')).rejects.toThrow(/the file '0\.png' stands there twice$/);
    const { manifest } = await preparing(labels);
    const heads = [
      ['cat', 'dog'],
      ['large', 'small'],
    ];
    expect(manifest).toMatchObject({
      train: 3,
      heldOut: 0,
      labels: { kind: 'classes', heads },
      options: { from, labels },
    });
    const set = openImageSet(root, 'pets');
    expect([0, 1, 2].map((index) => [...set.labelsOf(index)])).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(heard.told).toContain('skipped 1 file: 3.png (has no class)');
  });

  test('a broken picture and what is none are named and left out', async () => {
    const [from, root, heard] = [scratch(), scratch(), listener()];
    put(from, 'a.png', await plain(1));
    put(from, 'b.png', (await plain(2)).subarray(0, 60));
    put(from, 'notes.txt', 'hello');
    const { manifest } = await prepared(root, 'images', { from, size: '8' }, { ...heard, name: 'mine' });
    expect(manifest).toMatchObject({ train: 1, heldOut: 0, skipped: 2 });
    expect(heard.told).toEqual([
      expect.stringMatching(/^skipped 2 files: b\.png \(.+\), notes\.txt \(not a picture\)$/),
      expect.stringMatching(/^no picture is held out/),
    ]);
  });

  test('nothing to read is a mistake', async () => {
    const root = scratch();
    const preparing = (from: string) => prepared(root, 'images', { from }, { name: 'mine' });
    await expect(preparing(join(root, 'none'))).rejects.toThrow(/^--from: there is no folder /);
    await expect(preparing(scratch())).rejects.toThrow(/^--from: expected pictures in .*, it is empty$/);
    const texts = scratch();
    put(texts, 'a.txt', 'a');
    await expect(preparing(texts)).rejects.toThrow(
      /^--from: expected pictures in .*, skipped 1 file: a\.txt \(not a picture\)$/,
    );
  });

  test('ten names, then a number', () => {
    const skips = new SkippedFiles();
    expect(skips.text()).toBeUndefined();
    for (let i = 0; i < 1234; i++) skips.add(`f${i}`, 'cut');
    expect(skips.text()).toMatch(/^skipped 1,234 files: f0 \(cut\), f1 \(cut\), .*f9 \(cut\), and 1,224 more$/);
  });
});

describe('simulated sets', () => {
  test('traffic and shapes: what their generators draw, in order, with its labels', async () => {
    const root = scratch();
    const traffic = await prepared(root, 'traffic', { size: '16', count: '20', seed: '5', empty: '0.2' });
    const shapes = await prepared(root, 'shapes', { size: '16', count: '20', seed: '5' });
    for (const { manifest } of [traffic, shapes])
      expect(manifest).toMatchObject({ simulated: true, shape: [16, 16, 3], train: 18, heldOut: 2 });
    expect(traffic.manifest.labels).toEqual(trafficLabels);
    expect(shapes.manifest.labels).toEqual(shapesLabels);
    for (const [name, pictures] of [
      ['traffic', trafficFrames({ size: 16, frames: 20, seed: 5, empty: 0.2 })],
      ['shapes', shapesFaces({ size: 16, count: 20, seed: 5 })],
    ] as const) {
      const set = openImageSet(root, name);
      const picture = new Uint8Array(16 * 16 * 3);
      let index = 0;
      for (const { pixels, labels } of pictures) {
        set.read(index, picture);
        expect(picture).toEqual(Uint8Array.from(pixels));
        expect(set.labelsOf(index++)).toEqual(Uint8Array.from(labels));
      }
    }
  });
});

describe('traffic', () => {
  test('from frames: the whole of each, squeezed', async () => {
    const [from, root] = [scratch(), scratch()];
    const halves = await sharp(await plain(0, 60, 20))
      .composite([{ input: await plain(200, 30, 20), left: 30, top: 0 }])
      .png()
      .toBuffer();
    for (let i = 0; i < 10; i++) put(from, `${i}.png`, halves);
    const { manifest } = await prepared(root, 'traffic', { from, size: '16' });
    expect(manifest).toMatchObject({
      simulated: false,
      shape: [16, 16, 3],
      train: 9,
      heldOut: 1,
      options: { from, size: 16 },
    });
    const picture = new Uint8Array(16 * 16 * 3);
    openImageSet(root, 'traffic').read(0, picture);
    expect([picture[3 * 2], picture[3 * 13]]).toEqual([0, 200]); // columns 2 and 13 of the first row
  });

  test.skipIf(spawnSync('ffmpeg', ['-version']).status !== 0)('from a video: a frame every so often', async () => {
    const [folder, root] = [scratch(), scratch()];
    const video = join(folder, 'street.avi');
    const words = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=5:d=20', '-c:v', 'mjpeg', video];
    expect(spawnSync('ffmpeg', words).status).toBe(0);
    const { manifest } = await prepared(root, 'traffic', { video, every: '1s', size: '16' });
    expect(manifest).toMatchObject({
      train: 18,
      heldOut: 2,
      simulated: false,
      options: { video, every: '1s', size: 16 },
    });
    expect(manifest.source).toBe('street.avi, a frame every 1s, squeezed to squares; the last tenth is held out');
    const often = await prepared(scratch(), 'traffic', { video, every: '100ms', size: '16' }); // a frame lasts 200 ms
    expect(often.manifest.source).toBe(
      'street.avi, a frame every 100ms, 100 of them the one before again (the video shows no other), squeezed to squares; the last tenth is held out',
    );
    await expect(prepared(root, 'traffic', { video, every: '2s' })).rejects.toThrow(
      /made with --every 1s; you ask for --every 2s/,
    );
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['both sources', { video: '/x', from: '/y' }, /either --video or --from, got both/],
    [
      'options of the other kind',
      { video: '/x', count: '3' },
      /^--count: is an option of the simulated intersection, not of a video/,
    ],
    ['an interval without a video', { every: '2s' }, /^--every: is an option of a --video, which was not given/],
    [
      'an interval that is none',
      { video: '/x', every: '2' },
      /^--every: expected a time between frames as 2s, 500ms or 1m, got '2'/,
    ],
    ['no time at all', { video: '/x', every: '0s' }, /^--every: expected/],
    ['a size that is none', { size: 'big' }, /^--size: expected a whole number from 16 to 256, got 'big'/],
    ['a share beyond 1', { empty: '1' }, /^--empty: expected a share from 0 to below 1, got '1'/],
    ['a seed below 0', { seed: '-1' }, /^--seed: expected a whole number from 0 to 4294967295, got '-1'/],
    ['a video that is not there', { video: '/nowhere.mp4' }, /^--video: there is no file \/nowhere\.mp4/],
  ])('%s is refused', async (_, typed, message) => {
    await expect(prepared(scratch(), 'traffic', typed)).rejects.toThrow(message);
  });
});
