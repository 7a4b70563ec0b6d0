/** Writes a set without labels from a folder of pictures, in name order. */
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Fit } from '../readers/picture.ts';
import { openPictureFolder } from '../readers/picture-files.ts';
import type { RecipeContext } from './recipe.ts';
import { SkippedFiles } from './skips.ts';
import { writePictures } from './write-pictures.ts';

/** frame2 before frame10. */
const byName = new Intl.Collator('en', { numeric: true });

/** Returns how many files could not be read; they are named. Throws a UsageError where none could. */
export async function writeFolder(folder: string, fit: Fit, size: number, work: RecipeContext): Promise<number> {
  if (!statsOf(folder)?.isDirectory()) throw new UsageError(`--from: there is no folder ${folder}`);
  const files = await openPictureFolder(folder, true);
  const names = [...files.names].sort((a, b) => byName.compare(a, b) || (a < b ? -1 : 1));
  const skips = new SkippedFiles();
  const sink = await work.open([size, size, 3], 0);
  const written = await writePictures({ names, files, fit, size, before: 0, of: names.length }, sink, skips, work);
  const said = skips.text();
  if (written === 0) throw new UsageError(`--from: expected pictures in ${folder}, ${said ?? 'it is empty'}`);
  if (said !== undefined) work.tell(said);
  return skips.count;
}
