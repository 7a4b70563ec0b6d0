/** A prepared set is read as it was written, and every kind of damage is one line with the command that helps. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openImageSet, verifyImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { pattern, put, scratch } from './files.ts';
import { preparedSmall, type Small } from './sets.ts';

const labels = { kind: 'attributes', names: ['round', 'red'] } as const;
const small: Small = {
  shape: [2, 2, 3],
  train: Array.from({ length: 4 }, (_, i) => [pattern(12, i), Uint8Array.of(i % 2, 1)] as const),
  heldOut: [[pattern(12, 100), Uint8Array.of(0, 0)]],
  labels,
  choices: { from: '/somewhere else', size: 2 },
};

async function made(changes: Partial<Small> = {}): Promise<{ root: string; folder: string }> {
  const root = scratch();
  await preparedSmall(root, 'mine', { ...small, ...changes });
  return { root, folder: join(root, 'mine') };
}

describe('what was written is read', () => {
  test('pictures and labels by index, training part first', async () => {
    const { root } = await made();
    const set = openImageSet(root, 'mine');
    expect(set).toMatchObject({ name: 'mine', title: 'a test', simulated: true, source: 'written down', labels });
    expect(set).toMatchObject({ shape: [2, 2, 3], train: 4, heldOut: 1 });
    const picture = new Uint8Array(20).fill(255);
    const starts = [0, 1, 2, 3, 100];
    for (const [index, start] of starts.entries()) {
      set.read(index, picture);
      expect(picture.subarray(0, 12)).toEqual(pattern(12, start));
      expect(picture[12]).toBe(255); // no further than the picture
    }
    expect([0, 1, 4].map((index) => [...set.labelsOf(index)])).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(() => set.read(5, picture)).toThrow(/^internal: .*images\.u8 has records 0 to 4, asked for 5/);
    expect(() => set.labelsOf(-1)).toThrow(/^internal:/);
  });

  test('without labels there are none', async () => {
    const root = scratch();
    await preparedSmall(root, 'mine', {
      shape: [2, 2, 3],
      train: Array.from({ length: 20 }, () => [pattern(12)] as const),
    });
    const set = openImageSet(root, 'mine');
    expect(set).toMatchObject({ train: 18, heldOut: 2 }); // the last tenth
    expect(set.labels).toBeUndefined();
    expect(set.labelsOf(0).length).toBe(0);
  });

  test('the hash is that of the content: not of where it came from, but of every byte and of the split', async () => {
    const hash = async (changes: Partial<Small>) => openImageSet((await made(changes)).root, 'mine').sha256;
    const usual = await hash({});
    expect(usual).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash({ choices: { from: '/another' } })).toBe(usual);
    const others = [
      await hash({ train: [...small.train.slice(1), small.train[0] as Small['train'][number]] }),
      await hash({ train: [...small.train, ...(small.heldOut ?? [])], heldOut: [] }),
      await hash({ labels: { kind: 'attributes', names: ['round', 'blue'] } }),
    ];
    expect(new Set([usual, ...others]).size).toBe(4);
  });
});

describe('what is wrong is said', () => {
  const again = /npm run data -- images --data \S+ --name mine --from '\/somewhere else' --size 2 --fresh$/;

  test('a set that is not there: the command that prepares it', () => {
    const root = scratch();
    expect(() => openImageSet(root, 'mnist')).toThrow(
      `${root}/mnist is not there: npm run data -- mnist --data ${root}`,
    );
    expect(() => openImageSet(root, 'celeba')).toThrow(/celeba --data \S+ --from <folder with img_align_celeba\.zip/);
    expect(() => openImageSet(root, 'mine')).toThrow(
      /npm run data -- images --data \S+ --name mine --from <folder of pictures>$/,
    );
    expect(() => openImageSet(root, '../mine')).toThrow(/expected the name of a data set.*got '\.\.\/mine'/);
  });

  test('a downloaded set that is damaged: where it could be had again is said', async () => {
    const root = scratch();
    await preparedSmall(root, 'cifar10', { ...small, choices: {} });
    rmSync(join(root, 'cifar10/images.u8'));
    expect(() => openImageSet(root, 'cifar10')).toThrow(
      /cifar10 --data \S+ --fresh --download \(162 MB\), or --from <cifar-10-binary\.tar\.gz>$/,
    );
  });

  test('a folder that is no set', () => {
    const root = scratch();
    mkdirSync(join(root, 'celeba'));
    put(join(root, 'celeba'), 'list_attr_celeba.txt', '');
    expect(() => openImageSet(root, 'celeba')).toThrow(
      /celeba is there, but is no prepared set \(no manifest\.json\): move it away/,
    );
  });

  test('files of another length, or gone', async () => {
    const { root, folder } = await made();
    appendFileSync(join(folder, 'labels.u8'), 'x');
    expect(() => openImageSet(root, 'mine')).toThrow(
      /labels\.u8: expected 10 bytes, it has 11 bytes; make it again with /,
    );
    expect(() => openImageSet(root, 'mine')).toThrow(again);
    rmSync(join(folder, 'images.u8'));
    expect(() => openImageSet(root, 'mine')).toThrow(/images\.u8: expected 60 bytes, it is missing; make it again/);
  });

  test('one changed byte, when the first picture is read; and by verify', async () => {
    const { root, folder } = await made();
    const bytes = readFileSync(join(folder, 'images.u8'));
    bytes[59] = 255 - Number(bytes[59]);
    writeFileSync(join(folder, 'images.u8'), bytes);
    const set = openImageSet(root, 'mine');
    expect(() => set.read(0, new Uint8Array(12))).toThrow(/images\.u8: its bytes are not those that were prepared/);
    expect(() => set.read(0, new Uint8Array(12))).toThrow(again);
    await expect(verifyImageSet(root, 'mine')).rejects.toThrow(/images\.u8: its bytes are not those/);
  });

  test('verify is content with a whole set', async () => {
    expect((await verifyImageSet((await made()).root, 'mine')).train).toBe(4);
  });

  test.each<[string, (manifest: Record<string, unknown>) => unknown, RegExp]>([
    ['another format', (manifest) => ({ ...manifest, format: 2 }), /manifest\.json: format: expected 1, got 2/],
    ['a key too many', (manifest) => ({ ...manifest, made: '2020' }), /manifest\.json: unknown key 'made'/],
    ['no training part', (manifest) => ({ ...manifest, train: 0 }), /manifest\.json: train: expected more than 0/],
    ['a shape of two numbers', (manifest) => ({ ...manifest, shape: [2, 6] }), /manifest\.json: shape/],
    [
      'no hash of its labels',
      (manifest) => ({ ...manifest, sha256: { images: '0'.repeat(64) } }),
      /manifest\.json: sha256\.labels/,
    ],
    [
      'another name',
      ({ checksum: _, ...manifest }) => ({ ...manifest, name: 'yours' }),
      /expected the set 'mine', its manifest is of 'yours'/,
    ],
  ])('a manifest with %s', async (_, change, message) => {
    const { root, folder } = await made();
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
    expect(() => openImageSet(root, 'mine')).toThrow(message);
  });

  test('a manifest that is cut short', async () => {
    const { root, folder } = await made();
    writeFileSync(join(folder, 'manifest.json'), '{ "format": 1,');
    expect(() => openImageSet(root, 'mine')).toThrow(/manifest\.json: not JSON \(cut short\?\)/);
  });
});
