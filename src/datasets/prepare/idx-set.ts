/** Writes a set from the four IDX files of MNIST and its relatives; their test part is held out. */
import { join } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { ByteReader } from '../readers/byte-reader.ts';
import { fileBytes } from '../readers/file-bytes.ts';
import { type Idx, openIdx } from '../readers/idx.ts';
import type { PictureSink, RecipeContext, Shape } from './recipe.ts';

export const idxShape: Shape = [28, 28, 1];

/** MNIST's largest file has 47 MB. */
const largest = 2 ** 30;

/**
 * Writes train-… and t10k-… of `folder`, plain or .gz. Labels must be below `classes`.
 *
 * @throws UsageError where one is missing or broken, or pictures and labels are not of one number.
 */
export async function writeIdxSet(folder: string, classes: number, work: RecipeContext): Promise<void> {
  const parts: readonly Part[] = ['train', 't10k'].map((part) => ({
    pictures: findIdx(folder, `${part}-images`, 3),
    labels: findIdx(folder, `${part}-labels`, 1),
  }));
  const sink = await work.open(idxShape, 1);
  let done = 0;
  for (const [index, part] of parts.entries()) {
    if (index === 1) sink.startHeldOut();
    done += await writePart(part, classes, sink, (count) => work.step(done + count, undefined, 'pictures'));
  }
}

interface Part {
  readonly pictures: string;
  readonly labels: string;
}

/** Both files side by side; returns how many pictures there were. */
async function writePart(
  part: Part,
  classes: number,
  sink: PictureSink,
  step: (count: number) => void,
): Promise<number> {
  const pictureBytes = new ByteReader(fileBytes(part.pictures, largest));
  const labelBytes = new ByteReader(fileBytes(part.labels, largest));
  try {
    const pictures = await openIdx(pictureBytes, part.pictures, 3);
    const labels = await openIdx(labelBytes, part.labels, 1);
    checkPair(part, pictures, labels);
    const labelItems = labels.items();
    let count = 0;
    for await (const picture of pictures.items()) {
      const label: Uint8Array | undefined = (await labelItems.next()).value;
      if (label === undefined || (label[0] ?? classes) >= classes)
        throw new UsageError(
          `${part.labels}: expected a label from 0 to ${classes - 1}, item ${count} has ${label?.[0]}`,
        );
      await sink.add(picture, label);
      step(++count);
    }
    await labelItems.next(); // beyond the last: refuses a file that goes on
    return count;
  } finally {
    await pictureBytes.close();
    await labelBytes.close();
  }
}

function checkPair(part: Part, pictures: Idx, labels: Idx): void {
  if (pictures.dims.some((length) => length !== 28))
    throw new UsageError(
      `${part.pictures}: expected pictures of 28 × 28, its header says ${pictures.dims.join(' × ')}`,
    );
  if (pictures.count !== labels.count) {
    const [expected, said] = [countText(pictures.count), countText(labels.count)];
    throw new UsageError(`${part.labels}: expected ${expected} labels, as many as pictures, its header says ${said}`);
  }
}

/** Names that the files go by: as published, and as some unpackers write them. */
function findIdx(folder: string, stem: string, rank: 1 | 3): string {
  const names = [`${stem}-idx${rank}-ubyte`, `${stem}.idx${rank}-ubyte`].flatMap((name) => [name, `${name}.gz`]);
  const found = names.map((name) => join(folder, name)).find((path) => statsOf(path)?.isFile());
  if (found === undefined) throw new UsageError(`${folder}: expected ${names[0]}, plain or .gz, in that folder`);
  return found;
}
