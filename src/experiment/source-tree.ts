/** Finds this program's own modules: as TypeScript in the source tree, or as JavaScript in a compiled one. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tree that this code runs in, of sources or compiled: the nearest folder above that holds `experiments`. */
export function tree(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'experiments')) && existsSync(join(folder, 'src'))) return folder;
  }
  throw new Error(`internal: no folder 'experiments' above ${start}`);
}

/** Compiled trees lie in the cache themselves; the source tree has it under node_modules. */
export function cache(): string {
  const parent = dirname(tree());
  return parent.endsWith(join('.cache', 'modebench')) ? parent : join(tree(), 'node_modules/.cache/modebench');
}

/** The module `name`, a path without its ending, in `folder`. */
export const sourceIn = (folder: string, name: string): string =>
  ['.ts', '.js'].map((ending) => join(folder, name + ending)).find(existsSync) ?? join(folder, `${name}.ts`);
