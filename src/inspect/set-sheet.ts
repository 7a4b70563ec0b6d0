/** Draws a prepared set of pictures as a sheet: a row of examples for every class or attribute, with its share. */
import { groupBy } from '../base/collections.ts';
import type { Labels } from '../datasets/dataset.ts';
import type { ImageSet } from '../datasets/pictures/image-set.ts';
import { sheetPng } from '../pictures/sheet.ts';
import { labelledSheet } from './latent/labelled-sheet.ts';

const columns = 12;
/** Of more rows than this the most and the least frequent are shown. */
const mostRows = 24;

interface Row {
  readonly name: string;
  /** Of its pictures in the training part. */
  readonly indices: readonly number[];
}

/** PNG of pictures of the training part, rows by falling frequency; a plain grid where the set has no labels. */
export async function setSheet(set: ImageSet): Promise<Uint8Array> {
  const { labels, train, shape } = set;
  const all = Array.from({ length: train }, (_, index) => index);
  const rows = labels === undefined ? [{ name: '', indices: all }] : rowsOf(labels, all, set);
  rows.sort((a, b) => b.indices.length - a.indices.length);
  const shown = rows.length <= mostRows ? rows : [...rows.slice(0, mostRows / 2), ...rows.slice(-mostRows / 2)];
  const dim = shape[0] * shape[1] * shape[2];
  const lines = labels === undefined ? Math.min(columns, Math.ceil(train / columns)) : shown.length;
  const count = lines * columns;
  const values = new Float32Array(count * dim).fill(1); // white where a class has fewer pictures
  const put = (place: number, index: number) => set.readFloats(index, values, place * dim);
  if (labels === undefined) {
    for (const [place, index] of spread(all, count).entries()) put(place, index);
    return sheetPng({ values, count, dim }, shape, { columns });
  }
  for (const [row, { indices }] of shown.entries())
    for (const [column, index] of spread(indices, columns).entries()) put(row * columns + column, index);
  const sheet = await sheetPng({ values, count, dim }, shape, { columns });
  return labelledSheet(sheet, {
    rows: shown.map(({ name, indices }) => `${name} (${shareText(indices.length / train)})`),
  });
}

/** A class or a combination of classes that occurs, or an attribute. */
function rowsOf(labels: Labels, all: readonly number[], set: ImageSet): Row[] {
  if (labels.kind === 'attributes')
    return labels.names.map((name, at) => ({ name, indices: all.filter((index) => set.labelsOf(index)[at] === 1) }));
  const { heads } = labels;
  return [...groupBy(all, (index) => set.labelsOf(index).join())].map(([key, indices]) => ({
    name: key
      .split(',')
      .map((value, head) => heads[head]?.[Number(value)] ?? '')
      .join(' '),
    indices,
  }));
}

/** `most` of them at even distances, or all. */
const spread = (indices: readonly number[], most: number): readonly number[] =>
  indices.length <= most
    ? indices
    : Array.from({ length: most }, (_, at) => indices[Math.floor((at * indices.length) / most)] as number); // below its length

const shareText = (share: number): string => `${(100 * share).toFixed(share < 0.01 ? 2 : 1)} %`;
