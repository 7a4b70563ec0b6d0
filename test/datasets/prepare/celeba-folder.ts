/** CelebA's layout made small: numbered JPEGs of 178 × 218, the attributes' list and the partition's. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { put } from '../pictures/files.ts';

export const attributeNames = ['Bald', 'Smiling', 'Young'];

/** Picture i (from 1) is grey of level 20 i in its crop and red around it; it is bald where i is even, smiling where i > 3. */
export async function celebaPicture(i: number): Promise<Buffer> {
  const grey = { r: 20 * i, g: 20 * i, b: 20 * i };
  const crop = await sharp({ create: { width: 148, height: 148, channels: 3, background: grey } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 178, height: 218, channels: 3, background: '#ff0000' } })
    .composite([{ input: crop, left: 15, top: 35 }])
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

export const celebaName = (i: number): string => `${String(i).padStart(6, '0')}.jpg`;

/** Labels of picture i. */
export const celebaLabels = (i: number): number[] => [Number(i % 2 === 0), Number(i > 3), 1];

/** The two lists for pictures 1 … count, as published or as on Kaggle; partition i mod 3, so that its parts are mixed. */
export function putLists(folder: string, count: number, ending: 'txt' | 'csv' = 'txt'): void {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const signs = (i: number) => celebaLabels(i).map((value) => (value === 1 ? 1 : -1));
  if (ending === 'csv') {
    const rows = numbers.map((i) => [celebaName(i), ...signs(i)].join(','));
    put(folder, 'list_attr_celeba.csv', `image_id,${attributeNames.join(',')}\n${rows.join('\n')}\n`);
    const parts = numbers.map((i) => `${celebaName(i)},${i % 3}`);
    put(folder, 'list_eval_partition.csv', `image_id,partition\n${parts.join('\n')}\n`);
    return;
  }
  const padded = (i: number) => signs(i).map((sign) => `${sign}`.padStart(2));
  const rows = numbers.map((i) => `${celebaName(i)} ${padded(i).join(' ')}`);
  put(folder, 'list_attr_celeba.txt', `${count}\n${attributeNames.join(' ')} \n${rows.join('\n')}\n`);
  put(folder, 'list_eval_partition.txt', `${numbers.map((i) => `${celebaName(i)} ${i % 3}`).join('\n')}\n`);
}

/** Pictures 1 … count in the folder `within` of `folder`. */
export async function putPictures(folder: string, count: number, within = 'img_align_celeba'): Promise<void> {
  mkdirSync(join(folder, within), { recursive: true });
  for (let i = 1; i <= count; i++) put(join(folder, within), celebaName(i), await celebaPicture(i));
}
