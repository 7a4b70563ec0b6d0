/** Finds the classes of a folder of pictures: its subfolders, or a table that names the classes of each file. Reads no picture. */
import { brief } from '../../base/format-issue.ts';
import { countText } from '../../base/number-words.ts';
import { inLine, messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { csvCells } from '../../disk/csv.ts';
import { isMissing } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { Labels } from '../dataset.ts';

export interface FolderLabels {
  readonly labels: Extract<Labels, { kind: 'classes' }>;
  /** A byte a head, by the file's name; files that are not in it have no label. */
  readonly of: ReadonlyMap<string, Uint8Array>;
  /** Files that their folder says are held out; absent where no folder says so. */
  readonly heldOut?: ReadonlySet<string>;
  /** What classes were taken for, in a few words. */
  readonly says: string;
}

/** As many as a byte can tell apart. */
const mostClasses = 256;

/** Folders of the parts of a set, as `train/cat/1.jpg`. */
const heldOutParts: readonly string[] = ['val', 'valid', 'validation', 'test'];
const parts: readonly string[] = ['train', ...heldOutParts];

const isPicture = (name: string): boolean => /\.(jpe?g|jfif|png|webp|gif|tiff?|avif|hei[cf]|jp2|jxl)$/i.test(name);

/**
 * The folders in which all pictures lie, where there are two at least; `undefined` where there are not.
 *
 * @param names of files relative to the folder. Throws a UsageError for more folders than there can be classes.
 */
export function classFolders(names: readonly string[]): FolderLabels | undefined {
  const places = names.filter(isPicture).map((name) => ({ name, path: name.split(/[\\/]/) }));
  const inParts =
    places.some(({ path }) => path[0] === 'train') && places.every(({ path }) => parts.includes(path[0] ?? ''));
  const level = inParts ? 1 : 0;
  if (places.some(({ path }) => path.length < level + 2)) return undefined;
  const rows = places.map(({ name, path }) => ({ name, values: [path[level] ?? ''] }));
  if (new Set(rows.map(({ values }) => values[0])).size < 2) return undefined;
  const heldOut = new Set(places.filter(({ path }) => heldOutParts.includes(path[0] ?? '')).map(({ name }) => name));
  return { ...labelsOf(rows, 1, '--from'), ...(inParts && { heldOut }), says: 'folders are classes' };
}

/**
 * A table with a head: names of files, then a class of each, or several side by side, whose combinations are modes.
 *
 * @param names of files in the folder. Throws a UsageError that names the table where it is none, or is of other files.
 */
export async function classTable(path: string, names: ReadonlySet<string>): Promise<FolderLabels> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    throw isMissing(error) ? new UsageError(`--labels: there is no file ${path}`) : error;
  });
  const wanted = 'expected a head, then a file and its class in each line (file,class)';
  let lines: string[][];
  try {
    lines = csvCells(bytes.toString('utf8'), path);
  } catch (error) {
    throw new UsageError(`--labels: ${messageOf(error)}`);
  }
  const [head = [], ...table] = lines;
  if (head.length < 2 || table.length === 0) throw new UsageError(`--labels: ${path}: ${wanted}`);
  const rows = table.map(([name = '', ...values]) => ({ name, values }));
  const empty = rows.findIndex(({ values }) => values.includes(''));
  if (empty !== -1) throw new UsageError(`--labels: ${path}: ${wanted}, row ${empty + 2} has an empty cell`);
  const known = rows.filter(({ name }) => names.has(name));
  if (known.length === 0) {
    const first = brief(rows[0]?.name);
    throw new UsageError(`--labels: ${path}: names none of the files there, as ${first} (paths from --from)`);
  }
  const seen = new Set<string>();
  const twice = known.find(({ name }) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new UsageError(`--labels: ${path}: the file ${brief(twice.name)} stands there twice`);
  return {
    ...labelsOf(known, head.length - 1, `--labels: ${path}`),
    says: `classes by ${head
      .slice(1)
      .map((one) => inLine(one))
      .join(' and ')}`,
  };
}

interface Row {
  readonly name: string;
  readonly values: readonly string[];
}

function labelsOf(rows: readonly Row[], width: number, where: string): Pick<FolderLabels, 'labels' | 'of'> {
  const heads = Array.from({ length: width }, (_, head) =>
    [...new Set(rows.map(({ values }) => values[head] ?? ''))].sort(byName.compare),
  );
  const most = Math.max(...heads.map(({ length }) => length));
  if (most > mostClasses)
    throw new UsageError(`${where}: expected at most ${mostClasses} classes, got ${countText(most)}`);
  const indices = heads.map((head) => new Map(head.map((value, index) => [value, index])));
  const of = new Map(
    rows.map(({ name, values }) => [name, Uint8Array.from(indices, (index, at) => index.get(values[at] ?? '') ?? 0)]),
  );
  return { labels: { kind: 'classes', heads: heads.map((head) => head.map((value) => inLine(value, 100))) }, of };
}

/** frame2 before frame10. */
export const byName = new Intl.Collator('en', { numeric: true });

/** `cat 120, dog 80`: the first head's classes with their pictures, the most frequent first. */
export function classCounts({ labels, of }: FolderLabels): string {
  const [head = []] = labels.heads;
  const counts = head.map((name, index) => ({ name, count: [...of.values()].filter(([own]) => own === index).length }));
  counts.sort((a, b) => b.count - a.count);
  const shown = counts.slice(0, 10).map(({ name, count }) => `${name} ${countText(count)}`);
  return [...shown, ...(counts.length > 10 ? [`and ${counts.length - 10} more`] : [])].join(', ');
}
