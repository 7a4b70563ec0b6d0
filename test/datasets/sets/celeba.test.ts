/** CelebA from its published layout, folder and zip: crop, parts and labels; and a quota page in place of the zip. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { put, scratch, zip } from '../pictures/files.ts';
import { listener, prepared } from '../pictures/sets.ts';
import {
  attributeNames,
  celebaLabels,
  celebaName,
  celebaPicture,
  putLists,
  putPictures,
} from '../prepare/celeba-folder.ts';

/** Mean level and labels of every picture of the set. */
function contentOf(root: string): { level: number; labels: number[] }[] {
  const set = openImageSet(root, 'celeba');
  const picture = new Uint8Array(16 * 16 * 3);
  return Array.from({ length: set.train + set.heldOut }, (_, index) => {
    set.read(index, picture);
    expect(Math.max(...picture) - Math.min(...picture)).toBeLessThan(4); // of one grey: nothing of the red around the crop
    return {
      level: Math.round(picture.reduce((sum, value) => sum + value, 0) / picture.length / 20),
      labels: [...set.labelsOf(index)],
    };
  });
}

/** Partition i mod 3 = 0 trains; 1 and 2 are held out, in the order of the list. */
const expected = [3, 6, 1, 2, 4, 5].map((i) => ({ level: i, labels: celebaLabels(i) }));

test('from a folder and from a zip: the same bytes', async () => {
  const [folder, zipped, root, other] = [scratch(), scratch(), scratch(), scratch()];
  putLists(folder, 6);
  await putPictures(folder, 6);
  const { manifest } = await prepared(root, 'celeba', { from: folder, size: '16' });
  expect(manifest).toMatchObject({ shape: [16, 16, 3], train: 2, heldOut: 4, skipped: 0, simulated: false });
  expect(manifest.labels).toEqual({ kind: 'attributes', names: attributeNames });
  expect(manifest.source).toContain('centre crop 148 × 148 of 178 × 218');
  expect(contentOf(root)).toEqual(expected);

  // as it is published: lists and zip in folders of their own, the zip with a folder inside, in another order
  mkdirSync(join(zipped, 'Img'));
  mkdirSync(join(zipped, 'Anno'));
  putLists(join(zipped, 'Anno'), 6);
  const members = [5, 1, 2, 6, 4, 3].map(async (i) => ({
    name: `img_align_celeba/${celebaName(i)}`,
    content: await celebaPicture(i),
  }));
  put(join(zipped, 'Img'), 'img_align_celeba.zip', zip(await Promise.all(members)));
  const again = await prepared(other, 'celeba', { from: zipped, size: '16' });
  expect(again.manifest.sha256).toEqual(manifest.sha256);
});

test("Kaggle's layout: lists as CSV, pictures two folders deep; the same bytes as from the published one", async () => {
  const [folder, kaggle, root, other] = [scratch(), scratch(), scratch(), scratch()];
  putLists(folder, 6);
  await putPictures(folder, 6);
  putLists(kaggle, 6, 'csv');
  await putPictures(kaggle, 6, 'img_align_celeba/img_align_celeba');
  const published = await prepared(root, 'celeba', { from: folder, size: '16' });
  const { manifest } = await prepared(other, 'celeba', { from: kaggle, size: '16' });
  expect(manifest.sha256).toEqual(published.manifest.sha256);
  expect(manifest.labels).toEqual(published.manifest.labels);
});

test('a broken picture, one of another size and one that is missing are named and left out', async () => {
  const [folder, root] = [scratch(), scratch()];
  putLists(folder, 6);
  await putPictures(folder, 6);
  const pictures = join(folder, 'img_align_celeba');
  put(pictures, celebaName(1), (await celebaPicture(1)).subarray(0, 900));
  put(pictures, celebaName(2), 'hello');
  rmSync(join(pictures, celebaName(6)));
  const heard = listener();
  const { manifest } = await prepared(root, 'celeba', { from: folder, size: '16' }, heard);
  expect(manifest).toMatchObject({ train: 1, heldOut: 2, skipped: 3 });
  expect(heard.told).toEqual([
    expect.stringMatching(
      /^skipped 3 files: 000006\.jpg \(not there\), 000001\.jpg \(.+\), 000002\.jpg \(not a picture\)$/,
    ),
  ]);
  expect(contentOf(root)).toEqual(expected.filter(({ level }) => [3, 4, 5].includes(level)));
});

test('a quota page in place of the zip is recognised; what is missing is named', async () => {
  const [folder, root] = [scratch(), scratch()];
  const preparing = () => prepared(root, 'celeba', { from: folder });
  await expect(prepared(root, 'celeba')).rejects.toThrow(/^celeba needs --from <folder with img_align_celeba\.zip/);
  await expect(preparing()).rejects.toThrow(/^--from: expected list_attr_celeba\.txt or list_attr_celeba\.csv in /);
  putLists(folder, 2);
  await expect(preparing()).rejects.toThrow(
    /^--from: expected img_align_celeba\.zip or the folder img_align_celeba in /,
  );
  put(
    folder,
    'img_align_celeba.zip',
    '<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head></html>',
  );
  await expect(preparing()).rejects.toThrow(/img_align_celeba\.zip is a web page, not the data/);
  put(folder, 'img_align_celeba.zip', zip([{ name: 'other.jpg', content: Buffer.from('x') }]));
  await expect(preparing()).rejects.toThrow(/none of the 2 that are listed is there/);
});
