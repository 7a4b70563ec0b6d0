/** Reads what the files of a source tree import: each other, and packages. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Import {
  /** A file of the tree, or the name of a package. */
  readonly to: string;
  /** `type`: gone at run time. `lazy`: `import('…')`. */
  readonly kind: 'value' | 'type' | 'lazy';
}

export interface SourceFile {
  /** Relative to the tree's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly files: readonly Import[];
  readonly packages: readonly Import[];
}

export const readTree = (root: string): SourceFile[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')));

/** Text formatted by biome: a statement begins its line, and its module stands in single quotes. */
export function sourceFile(path: string, text: string): SourceFile {
  const found: Import[] = [];
  for (const [, type, bare, named] of text.matchAll(
    /^(?:import|export) (?:(type )?[^;']*? from '([^']+)'|'([^']+)');/gm,
  ))
    found.push({ to: bare ?? named ?? '', kind: type ? 'type' : 'value' });
  for (const [, specifier = ''] of text.matchAll(/^(?! \*).*\bimport\('([^']+)'\)/gm))
    found.push({ to: specifier, kind: 'lazy' });
  const isOwn = ({ to }: Import) => to.startsWith('.');
  return {
    path,
    text,
    files: found.filter(isOwn).map(({ to, kind }) => ({ to: normalize(join(dirname(path), to)), kind })),
    packages: found.filter((one) => !isOwn(one)).map(({ to, kind }) => ({ to: packageOf(to), kind })),
  };
}

/** `@scope/name` or `name`, whatever path within the package follows. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The top folder of a path; a file at the root stands for itself. */
export const folderOf = (path: string): string => path.split('/')[0] ?? path;

/** Groups of files that import each other, directly or by way of others; `import type` counts. */
export function circles(files: readonly SourceFile[]): string[][] {
  const reached = new Map(files.map(({ path }) => [path, reachOf(files, path, () => true)]));
  const seen = new Set<string>();
  return files.flatMap(({ path }) => {
    if (seen.has(path) || !reached.get(path)?.has(path)) return [];
    const circle = files.map((file) => file.path).filter((other) => isMutual(reached, path, other));
    for (const one of circle) seen.add(one);
    return [circle];
  });
}

const isMutual = (reached: ReadonlyMap<string, ReadonlySet<string>>, a: string, b: string): boolean =>
  (reached.get(a)?.has(b) && reached.get(b)?.has(a)) ?? false;

/** Files that loading `path` loads, and packages: by the imports that `follow` takes. */
export function reachOf(
  files: readonly SourceFile[],
  path: string,
  follow: (one: Import) => boolean,
): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const file = byPath.get(next);
    for (const one of file ? [...file.files, ...file.packages] : []) {
      if (!follow(one) || reached.has(one.to)) continue;
      reached.add(one.to);
      open.push(one.to);
    }
  }
  return reached;
}
