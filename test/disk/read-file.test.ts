/** What is no file is refused by name, whoever wants to read it: nobody waits for a FIFO, or is told of an EISDIR without a name. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { isMissing } from '../../src/disk/files.ts';
import { byteStream, readBytes, readBytesSync, readIfThere, refuseOther } from '../../src/disk/read-file.ts';
import { scratch } from '../cli/run-cli.ts';

const readers: Readonly<Record<string, (path: string) => unknown>> = {
  readBytes,
  readIfThere,
  readBytesSync: async (path) => readBytesSync(path),
  byteStream: async (path) => byteStream(path),
  refuseOther: async (path) => refuseOther(path),
};

it.each(Object.entries(readers))('%s refuses what is no file', async (_, read) => {
  const folder = scratch();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  mkdirSync(join(folder, 'folder'));
  symlinkSync('pipe', join(folder, 'link'));
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    for (const [name, kind] of [
      ['pipe', 'a pipe (FIFO)'],
      ['link', 'a pipe (FIFO)'],
      ['folder', 'a folder'],
      ['socket', 'a socket'],
      ['/dev/zero', 'a device'],
    ] as const) {
      const path = name.startsWith('/') ? name : join(folder, name);
      const refused = await Promise.resolve(read(path)).catch((error: unknown) => error);
      expect(refused).toEqual(new UsageError(`${path}: expected a file, this is ${kind}`));
    }
  } finally {
    server.close();
  }
});

it('a file is read, through a link too; one that is missing is so to whoever asks', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'a'), 'bytes');
  symlinkSync('a', join(folder, 'b'));
  for (const name of ['a', 'b']) {
    expect((await readBytes(join(folder, name))).toString()).toBe('bytes');
    expect(readBytesSync(join(folder, name)).toString()).toBe('bytes');
    expect((await byteStream(join(folder, name)).toArray()).join('')).toBe('bytes');
  }
  expect(await readIfThere(join(folder, 'c'))).toBeUndefined();
  await expect(readBytes(join(folder, 'c'))).rejects.toSatisfy(isMissing);
  refuseOther(join(folder, 'c'));
});
