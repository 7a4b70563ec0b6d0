/** Makes a worker's own temporary folder, and removes those of workers that were killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesIn } from '../../disk/files.ts';
import { isAlive } from '../../disk/process-identity.ts';

const stem = 'modebench-worker-';

export async function makeScratch(): Promise<string> {
  for (const name of await namesIn(tmpdir())) {
    const pid = /^(\d+)-/.exec(name.slice(stem.length))?.[1];
    if (!name.startsWith(stem) || pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {}); // another user's
  }
  return mkdtemp(join(tmpdir(), `${stem}${process.pid}-`));
}
