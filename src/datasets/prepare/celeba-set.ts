/** Writes a set from CelebA's files, as published or as on Kaggle: centred face crops, resized, with their attributes. */
import { join } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { type Attributes, readAttributes, readPartition } from '../readers/celeba-lists.ts';
import { openPictureFolder, openPictureZip, type PictureFiles } from '../readers/picture-files.ts';
import type { PictureSink, RecipeContext, SetDescription } from './recipe.ts';
import { SkippedFiles } from './skips.ts';
import { writePictures } from './write-pictures.ts';

/** Most papers cut 148 or 108 px; the wider one keeps hair, hats and chins, which are among the attributes. */
const fit = { kind: 'crop', width: 178, height: 218, side: 148 } as const;

/** Where the files lie in the folder as it is published, and where people unpack them. */
const places = ['', 'Img', 'Anno', 'Eval', 'img_align_celeba'];

/** Faces of `from`, `size` pixels a side. Throws a UsageError where a file is missing or broken. */
export async function writeCeleba(from: string, size: number, work: RecipeContext): Promise<SetDescription> {
  const attributes = await readAttributes(find(from, 'list_attr_celeba.txt', 'list_attr_celeba.csv'));
  const parts = await readPartition(find(from, 'list_eval_partition.txt', 'list_eval_partition.csv'));
  const files = await openPictures(from);
  try {
    const skips = new SkippedFiles();
    const sink = await work.open([size, size, 3], attributes.names.length);
    await writeParts({ parts, attributes, files, size }, sink, skips, work);
    const said = skips.text();
    if (said !== undefined) work.tell(said);
    return {
      title: 'faces of celebrities',
      simulated: false,
      source: `CelebA, aligned; centre crop ${fit.side} × ${fit.side} of ${fit.width} × ${fit.height}, resized; partition 0 trains, 1 and 2 are held out`,
      licence:
        'non-commercial research only, not to be passed on; cite Liu et al. 2015, Deep learning face attributes in the wild',
      labels: { kind: 'attributes', names: attributes.names },
      skipped: skips.count,
    };
  } finally {
    files.close();
  }
}

interface Material {
  readonly parts: ReadonlyMap<string, 0 | 1 | 2>;
  readonly attributes: Attributes;
  readonly files: PictureFiles;
  readonly size: number;
}

/** In the order of the partition's list: its 0 first, then 1 and 2. */
async function writeParts(
  { parts, attributes, files, size }: Material,
  sink: PictureSink,
  skips: SkippedFiles,
  work: RecipeContext,
): Promise<void> {
  const known = [...parts].filter(([name]) => {
    const isThere = files.names.has(name);
    if (!isThere) skips.add(name, 'not there');
    else if (!attributes.of.has(name)) skips.add(name, 'has no attributes');
    return isThere && attributes.of.has(name);
  });
  if (known.length === 0)
    throw new UsageError(
      `expected pictures as 000001.jpg, none of the ${countText(parts.size)} that are listed is there`,
    );
  const labelsOf = (name: string) => attributes.of.get(name);
  const train = known.filter(([, part]) => part === 0).map(([name]) => name);
  const others = known.filter(([, part]) => part !== 0).map(([name]) => name);
  const batch = { files, fit, size, labelsOf, of: known.length };
  await writePictures({ ...batch, names: train, before: 0 }, sink, skips, work);
  sink.startHeldOut();
  await writePictures({ ...batch, names: others, before: train.length }, sink, skips, work);
}

async function openPictures(from: string): Promise<PictureFiles> {
  const folder = ['img_align_celeba/img_align_celeba', 'Img/img_align_celeba', 'img_align_celeba']
    .map((name) => join(from, name))
    .find((path) => statsOf(path)?.isDirectory());
  if (folder !== undefined) return openPictureFolder(folder, false);
  return openPictureZip(find(from, 'img_align_celeba.zip', 'the folder img_align_celeba'));
}

/** The first file of either name in any of the places. Throws a UsageError where there is none. */
function find(from: string, ...names: readonly [string, string]): string {
  const found = names
    .flatMap((name) => places.map((place) => join(from, place, name)))
    .find((path) => statsOf(path)?.isFile());
  if (found === undefined) throw new UsageError(`--from: expected ${names.join(' or ')} in ${from}`);
  return found;
}
