/** Resolves and shows paths of the command line, and checks whether a store can be written there. */
import { accessSync, constants, existsSync, mkdirSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { errorCode } from '../disk/files.ts';
import { statsOf } from '../disk/stats-of.ts';

/** The folder that relative paths refer to: npm runs scripts in the project's folder, not in the user's. */
export function callersFolder(): string {
  const { INIT_CWD, npm_lifecycle_script } = process.env;
  return INIT_CWD !== undefined && npm_lifecycle_script?.includes('bin/modebench.mjs') ? INIT_CWD : process.cwd();
}

/** A path as the user would write it. */
export function fromHere(path: string): string {
  const short = relative(callersFolder(), path);
  return short.startsWith('..') ? path : short;
}

/** The folder that was typed for an option, as seen from the caller's; where none was, the usual one below `home`. */
export const folderOf = (typed: string | undefined, home: string, usual: 'data' | 'results' | 'reports'): string =>
  typed === undefined ? join(home, usual) : resolve(callersFolder(), typed);

/** Checks that a folder is writable before a command does anything. Makes the folder unless `reading` only. */
export function checkStore(path: string, reading: boolean, option = '--store'): string {
  if (reading) {
    const found = statsOf(path);
    if (found) refuseFile(found, path, option);
    return path;
  }
  checkWritable(path, option);
  try {
    makeFolder(path);
  } catch (error) {
    throw unwritable(path, option, error);
  }
  return path;
}

/** Refuses a folder that could be neither made nor written to. Makes nothing. */
export function checkWritable(path: string, option = '--store', asked = path): void {
  const found = statsOf(path);
  if (found === undefined && dirname(path) !== path) {
    checkWritable(dirname(path), option, asked);
    return;
  }
  if (found) refuseFile(found, path, option);
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw unwritable(asked, option, error);
  }
}

function refuseFile(found: Stats, path: string, option: string): void {
  if (!found.isDirectory()) throw new UsageError(`${option}: expected a folder, ${path} is a file`);
}

const unwritable = (path: string, option: string, error: unknown): UsageError =>
  new UsageError(`${option}: cannot write to ${path} (${errorCode(error)})`);

/** Folder by folder: mkdir's own recursion never ends where the kernel makes no folders (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}
