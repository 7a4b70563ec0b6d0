/** Keeps copies of a changing file elsewhere, for the case that this machine vanishes. */
import { stat } from 'node:fs/promises';
import { readBytes } from '../../disk/read-file.ts';

/** Puts a copy away whenever the file has changed at a look. `stop` waits for a copy on its way. */
export function keepCopies(
  path: string,
  everyMs: number,
  put: (bytes: Buffer) => Promise<void>,
): { stop(): Promise<void> } {
  let seen: number | undefined;
  let copying: Promise<void> | undefined;
  const copy = async () => {
    try {
      const { mtimeMs } = await stat(path);
      if (mtimeMs === seen) return;
      seen = mtimeMs;
      await put(await readBytes(path));
    } catch {
      // No file yet, or nowhere to put it (too large): the trial goes on all the same.
    }
  };
  const timer = setInterval(() => {
    copying ??= copy().finally(() => {
      copying = undefined;
    });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await copying;
    },
  };
}
