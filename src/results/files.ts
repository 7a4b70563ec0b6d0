/** Files that appear whole or not at all: written beside their place, flushed, then renamed into it. */
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './process-identity.ts';

let written = 0;

/** Letters that every file system takes; what stands for this machine in names of temporary files. */
const host = hostname().replace(/[^A-Za-z0-9]+/g, '_') || 'host';

/** A temporary file of another machine is taken for left over after this long. */
const foreignLifetimeMs = 24 * 60 * 60 * 1000;

/**
 * Replaces the content of `path`, whose folder must exist. Readers see the old content or the new, never a part. Throws
 * (after removing what it began) with the path in the message, as where the disk is full.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${host}-${process.pid}-${written++}.tmp`);
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Error(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Removes from `folder` the temporary files of writers that died. A folder that is not there has none. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const [, writer = '', pid = ''] = /^\..*\.([A-Za-z0-9_]+)-(\d+)-\d+\.tmp$/.exec(name) ?? [];
    if (writer === '') continue;
    const path = join(folder, name);
    const over = writer === host ? !isAlive(Number(pid)) : await olderThan(path, foreignLifetimeMs);
    if (over) await rm(path, { force: true });
  }
}

/** Names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether an error of the file system says that something is not there. */
export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';

/** `ENOENT`, `EEXIST` …; '' for what is not an error of the system. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a file was last written longer ago than that; false where it is gone. */
export async function olderThan(path: string, milliseconds: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > milliseconds;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
