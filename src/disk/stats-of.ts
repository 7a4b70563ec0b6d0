/** Asks what a path leads to, for whoever decides by that and does not read yet. */
import { type Stats, statSync } from 'node:fs';
import { UsageError } from '../base/usage-error.ts';
import { errorCode } from './files.ts';

/** Codes of paths to nothing: no such entry, a file where a folder is meant, a name that no disk takes. */
const nothing: readonly string[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

/** What is at `path`; `undefined` where nothing is. Throws UsageError where that cannot be known. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const code = errorCode(error);
    if (nothing.includes(code)) return undefined;
    throw new UsageError(`${path}: cannot be read (${code})`);
  }
}

/** Time, size and inode of a file: others where it was written again; `undefined` where nothing is. Throws as `statsOf` does. */
export function stampOf(path: string): string | undefined {
  const stats = statsOf(path);
  return stats && `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
