/** Files of a store that are not what was written, besides the records themselves: said when a command opens the store. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCheckpoint } from '../store/checkpoint.ts';
import { isMissing } from './files.ts';

/** A line for each folder whose checkpoint would not be taken up. `folders` are those of trials that are not finished. */
export async function damagedCheckpoints(folders: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const folder of folders) {
    const path = join(folder, 'checkpoint');
    const bytes = await contentOf(path);
    if (bytes === undefined) continue;
    try {
      decodeCheckpoint(bytes);
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}; its trial starts again`);
    }
  }
  return problems;
}

/** A file's bytes; `undefined` where it is not there. */
export async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
