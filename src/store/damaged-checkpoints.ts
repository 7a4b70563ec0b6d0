/** Finds checkpoints of unfinished trials that are not what was written. */
import { join } from 'node:path';
import { faultOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { errorCode } from '../disk/files.ts';
import { readIfThere } from '../disk/read-file.ts';
import { decodeCheckpoint } from './checkpoint.ts';

/** A line for each folder whose checkpoint could not be resumed. `folders` are those of unfinished trials. */
export async function damagedCheckpoints(folders: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const folder of folders) {
    const path = join(folder, 'checkpoint');
    try {
      const bytes = await readIfThere(path);
      if (bytes !== undefined) decodeCheckpoint(bytes);
    } catch (error) {
      if (errorCode(error) !== '') continue; // nobody may enter the folder: its record says so
      problems.push(
        error instanceof UsageError ? faultOf(path, error) : `${faultOf(path, error)}; its trial starts again`,
      );
    }
  }
  return problems;
}
