/** Finds this program's own modules: as TypeScript in the source tree, or as JavaScript in a compiled one. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../base/usage-error.ts';

/** The tree that this code runs in, of sources or compiled: the nearest folder above that holds `experiments`. */
export function tree(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'experiments')) && existsSync(join(folder, 'src'))) return folder;
  }
  throw new Error(`internal: no folder 'experiments' above ${start}`);
}

/**
 * Where compiled files are kept; made where it is missing. A checkout's compiled trees lie in its cache themselves, and its
 * source tree has it under node_modules. An installed package uses that of the folder that it is installed in, or of the user.
 */
export function cache(): string {
  const here = tree();
  const trees = /^(.*[/\\]\.cache[/\\]modebench)[/\\][^/\\]+([/\\]joined)?$/.exec(here)?.[1];
  if (trees !== undefined) return trees;
  const around = /^(.*[/\\]node_modules)[/\\]modebench[/\\]dist/.exec(here)?.[1] ?? join(here, 'node_modules');
  const users = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modebench');
  const folders = [join(around, '.cache/modebench'), users, join(tmpdir(), `modebench-${userInfo().username}`)];
  const found = folders.find(isWritable);
  if (found === undefined) throw new UsageError(`cannot write to any of ${folders.join(', ')}`);
  return found;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The module `name`, a path without its ending, in `folder`. */
export const sourceIn = (folder: string, name: string): string =>
  ['.ts', '.js'].map((ending) => join(folder, name + ending)).find(existsSync) ?? join(folder, `${name}.ts`);
