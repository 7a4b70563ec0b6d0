/**
 * Writes files that appear whole or not at all: written beside their place, flushed, then renamed. Temporary files carry
 * their writer's process, so that those of a killed process are found and removed (write-file-atomic leaves them).
 */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { isAlive } from './process-identity.ts';

let written = 0;

/** The host's name in the names of temporary files, in letters that every file system accepts. */
const host = hostname().replace(/[^A-Za-z0-9]+/g, '_') || 'host';

/** A temporary file of another machine is taken as abandoned after this long. */
const foreignLifetimeMs = 24 * 60 * 60 * 1000;

/**
 * Replaces the content of `path`, whose folder must exist. Readers see the old content or the new, never a part. Errors
 * name the path; they are UsageErrors where the user can fix the cause, such as a full disk.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await withTemporaryFile(path, content, (temporary) => rename(temporary, path), { flush: true });
  } catch (error) {
    throw diskError(`cannot write ${path}`, error);
  }
}

/** Writes a new file beside `path` and passes its name to `use`, which may rename it; otherwise it is removed afterwards. */
export async function withTemporaryFile<T>(
  path: string,
  content: Uint8Array | string,
  use: (temporary: string) => Promise<T>,
  { flush = false }: { readonly flush?: boolean } = {},
): Promise<T> {
  const { temporary, file } = await openTemporaryFile(path);
  try {
    try {
      await file.writeFile(content);
      if (flush) await file.sync();
    } finally {
      await file.close();
    }
    return await use(temporary);
  } finally {
    await rm(temporary, { force: true }).catch(() => {}); // a disk that refuses to write may refuse this too
  }
}

/** Opens a new file. Containers reuse process numbers, so a dead process may have left a file of this name. */
async function openTemporaryFile(path: string): Promise<{ readonly temporary: string; readonly file: FileHandle }> {
  for (;;) {
    const temporary = join(dirname(path), `.${basename(path)}.${host}-${process.pid}-${written++}.tmp`);
    try {
      return { temporary, file: await open(temporary, 'wx') };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Makes a folder and its missing parents. Throws as `writeWhole` does. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw diskError(`cannot make the folder ${path}`, error);
  }
}

/** Removes the temporary files of dead writers from `folder`, which may be missing. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const [, writer = '', pid = ''] = /^\..*\.([A-Za-z0-9_]+)-(\d+)-\d+\.tmp$/.exec(name) ?? [];
    if (writer === '') continue;
    const path = join(folder, name);
    const over = writer === host ? !isAlive(Number(pid)) : await olderThan(path, foreignLifetimeMs);
    if (over) await rm(path, { force: true });
  }
}

/** Names in a folder; none where it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether an error of the file system means that a file or folder does not exist. */
export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';

/** `ENOENT`, `EEXIST` …; '' for what is not an error of the system. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Error codes of the system whose cause the user can fix. */
const mendable: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would pass the limit on the size of files (ulimit -f)',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EEXIST: 'a file stands in its place',
  ENOTDIR: 'a file stands in the way',
  EISDIR: 'a folder stands in its place',
};

/**
 * Wraps an error of the file system with `what` in front (`cannot write …`): a UsageError where the user can fix the cause,
 * which ends a run without counting its trials as failed; else an Error. A UsageError says it all already.
 */
export function diskError(what: string, error: unknown): Error {
  if (error instanceof UsageError) return error;
  const code = errorCode(error);
  const why = mendable[code];
  if (why !== undefined)
    return new UsageError(`${what}: ${why} (${code}); put that right and type the command again`, { cause: error });
  return new Error(`${what}: ${messageOf(error)}`, { cause: error });
}

/** Whether a file was last written longer than that before `now`; false where it is gone. */
export async function olderThan(path: string, milliseconds: number, now = Date.now()): Promise<boolean> {
  try {
    return now - (await stat(path)).mtimeMs > milliseconds;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
