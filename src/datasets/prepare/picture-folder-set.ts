/** Writes a set from a folder of pictures: in name order, or with classes, of which each is in both parts. */
import { join } from 'node:path';
import { groupBy } from '../../base/collections.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { type Labels, labelWidth } from '../dataset.ts';
import type { Fit } from '../readers/picture.ts';
import { openPictureFolder } from '../readers/picture-files.ts';
import { byName, classCounts, classFolders, classTable, type FolderLabels } from './folder-labels.ts';
import type { RecipeContext } from './recipe.ts';
import { SkippedFiles } from './skips.ts';
import { writePictures } from './write-pictures.ts';

export interface FolderOrder {
  readonly folder: string;
  readonly fit: Fit;
  readonly size: number;
  /** `none`; those of subfolders, where there are; or of a table of classes by file. */
  readonly classes: 'none' | 'folders' | { readonly table: string };
}

interface WrittenFolder {
  /** Files that could not be read, or have no class. */
  readonly skipped: number;
  readonly labels?: Labels;
  /** What classes were taken for, and which part is held out. */
  readonly says: string;
}

/** Names the files that could not be read. Throws a UsageError where none could. */
export async function writeFolder(order: FolderOrder, work: RecipeContext): Promise<WrittenFolder> {
  const { folder, fit, size } = order;
  if (!statsOf(folder)?.isDirectory()) throw new UsageError(`--from: there is no folder ${folder}`);
  const files = await openPictureFolder(folder, true);
  const skips = new SkippedFiles();
  const all = [...files.names].sort((a, b) => byName.compare(a, b) || (a < b ? -1 : 1));
  const classes = await classesOf(order, all);
  const names = classes === undefined ? all : withClass(all, classes, order, skips);
  const [train, heldOut] = classes === undefined ? [names, []] : apart(names, classes);
  if (classes) work.tell(`${classes.says}: ${classCounts(classes)}`);
  const sink = await work.open([size, size, 3], classes ? labelWidth(classes.labels) : 0);
  const batch = {
    files,
    fit,
    size,
    of: names.length,
    ...(classes && { labelsOf: (name: string) => classes.of.get(name) }),
  };
  let written = await writePictures({ ...batch, names: train, before: 0 }, sink, skips, work);
  if (classes) {
    sink.startHeldOut();
    written += await writePictures({ ...batch, names: heldOut, before: train.length }, sink, skips, work);
  }
  const said = skips.text();
  if (written === 0) throw new UsageError(`--from: expected pictures in ${folder}, ${said ?? 'it is empty'}`);
  if (said !== undefined) work.tell(said);
  if (classes === undefined) return { skipped: skips.count, says: 'in name order; the last tenth is held out' };
  const held = classes.heldOut
    ? 'those of val, test and their like are held out'
    : 'the last tenth of each is held out';
  return { skipped: skips.count, labels: classes.labels, says: `${classes.says}; ${held}` };
}

async function classesOf({ classes }: FolderOrder, names: readonly string[]): Promise<FolderLabels | undefined> {
  if (classes === 'none') return undefined;
  return classes === 'folders' ? classFolders(names) : classTable(classes.table, new Set(names));
}

/** The files with a class; others are skipped, but for the table itself. */
function withClass(
  all: readonly string[],
  { of }: FolderLabels,
  { folder, classes }: FolderOrder,
  skips: SkippedFiles,
): readonly string[] {
  return all.filter((name) => {
    const isTable = typeof classes === 'object' && join(folder, name) === classes.table;
    if (!of.has(name) && !isTable) skips.add(name, 'has no class');
    return of.has(name);
  });
}

/** Those to train on and those held out: as folders say, else the last tenth of every combination of classes. */
function apart(names: readonly string[], { of, heldOut }: FolderLabels): [train: string[], heldOut: string[]] {
  const byClass = groupBy(names, (name) => of.get(name)?.join() ?? '');
  const isHeldOut =
    heldOut ?? new Set([...byClass.values()].flatMap((own) => own.slice(own.length - Math.floor(own.length / 10))));
  return [names.filter((name) => !isHeldOut.has(name)), names.filter((name) => isHeldOut.has(name))];
}
