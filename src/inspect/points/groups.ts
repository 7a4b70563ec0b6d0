/** Finds files by a pattern of paths, and reads the method and the seed of each off its path. */
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';

/** A file's place among others. */
export interface PlacedFile {
  readonly path: string;
  /** Fit for a name in the store: letters, digits and dashes. */
  readonly method: string;
  readonly seed: number;
}

const mostFiles = 100_000;
const wildcard = /\{(\w+)\}|\*/g;

export const isPattern = (text: string): boolean => text.search(wildcard) >= 0;

/**
 * The files that a pattern stands for, sorted. `*` and `{name}` stand for any part of a name within one folder.
 *
 * @throws UsageError where there is none, or too many.
 */
export async function filesOf(pattern: string, from: string): Promise<string[]> {
  const whole = isAbsolute(pattern) ? pattern : join(from, pattern);
  const [root = '', ...parts] = whole.split(/[/\\]/);
  let found = [root === '' ? sep : root];
  for (const [at, part] of parts.entries()) {
    if (!isPattern(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const fits = regexOf(part);
    const isLast = at === parts.length - 1;
    const deeper = await Promise.all(
      found.map(async (folder) => {
        const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
        return entries
          .filter((entry) => fits.test(entry.name) && !(isLast ? entry.isDirectory() : entry.isFile()))
          .map(({ name }) => join(folder, name));
      }),
    );
    found = deeper.flat();
    if (found.length > mostFiles)
      throw new UsageError(`${pattern}: expected at most ${countText(mostFiles)} files, it stands for more`);
  }
  found = found.filter((path) => statsOf(path)?.isFile());
  if (found.length === 0) throw new UsageError(`there is no file ${pattern}`);
  return found.sort(byNumbers.compare);
}

const byNumbers = new Intl.Collator('en', { numeric: true });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A pattern as a regular expression of a whole text, with a group for each `{name}`. */
function regexOf(pattern: string, before = '^'): RegExp {
  let [text, at] = [before, 0];
  for (const found of pattern.matchAll(wildcard)) {
    const name = found[1];
    text += escaped(pattern.slice(at, found.index)) + (name === undefined ? '[^/\\\\]*' : `(?<${name}>[^/\\\\]+?)`);
    at = found.index + found[0].length;
  }
  return new RegExp(`${text}${escaped(pattern.slice(at))}$`);
}

/**
 * Files with their method and seed: `{method}` and `{seed}` of a pattern that ends each path; without them `name`, and the
 * place among the files.
 *
 * @throws UsageError where a path does not fit, a seed is no number, or two files have one place.
 */
export function placeFiles(paths: readonly string[], pattern: string | undefined, name: string): PlacedFile[] {
  const fits = pattern === undefined ? undefined : regexOf(pattern, /^[/\\]/.test(pattern) ? '^' : '(?:^|[/\\\\])');
  const names = new Map<string, number>();
  const placed = paths.map((path): PlacedFile => {
    const groups = fits?.exec(resolve(path))?.groups;
    if (fits && !fits.test(resolve(path))) throw new UsageError(`--group-by: ${path} does not fit ${pattern}`);
    const method = storeName(groups?.method ?? name);
    const before = names.get(method) ?? 0;
    names.set(method, before + 1);
    return { path, method, seed: groups?.seed === undefined ? before : seedIn(groups.seed, path) };
  });
  const seen = new Map<string, string>();
  for (const { path, method, seed } of placed) {
    const key = `${method} ${seed}`;
    const other = seen.get(key);
    if (other !== undefined)
      throw new UsageError(
        `--group-by: ${other} and ${path} are both seed ${seed} of ${method}: expected one file for each`,
      );
    seen.set(key, path);
  }
  return placed;
}

function seedIn(text: string, path: string): number {
  const seed = Number(/\d+/.exec(text)?.[0]);
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--group-by: expected a number for {seed} in ${path}, got '${text}'`);
}

/** A name as methods have: `My GAN_v2` becomes `my-gan-v2`. */
export function storeName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'samples' : name.slice(0, 60);
}
