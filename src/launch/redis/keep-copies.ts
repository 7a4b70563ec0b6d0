/** Copies of a file that changes now and then, kept elsewhere while it does: a machine may vanish. */
import { readFile, stat } from 'node:fs/promises';

/** Looks at the file every so often and puts it away where it is another one. `stop` waits for a copy on its way. */
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
      await put(await readFile(path));
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
