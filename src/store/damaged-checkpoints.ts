/** Finds checkpoints of unfinished trials that are not what was written. */
import { join } from 'node:path';
import { readIfThere } from '../disk/files.ts';
import { decodeCheckpoint } from './checkpoint.ts';

/** A line for each folder whose checkpoint could not be resumed. `folders` are those of unfinished trials. */
export async function damagedCheckpoints(folders: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const folder of folders) {
    const path = join(folder, 'checkpoint');
    const bytes = await readIfThere(path);
    if (bytes === undefined) continue;
    try {
      decodeCheckpoint(bytes);
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}; its trial starts again`);
    }
  }
  return problems;
}
