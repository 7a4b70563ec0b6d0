import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderOf, removeDeadLocks, tryLock, waitForLock } from '../../src/disk/lock.ts';
import { thisProcess } from '../../src/disk/process-identity.ts';
import { bundle, exitCode, firstLine, start } from '../store/child.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-lock-'));
  path = join(folder, 'locks', 'a.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const plant = async (owner: object): Promise<void> => {
  const lock = await tryLock(path);
  await lock?.release();
  await writeFile(path, JSON.stringify(owner));
};

describe('a lock', () => {
  it('is held once, and again after its release', async () => {
    const lock = await tryLock(path);
    expect(lock).toBeDefined();
    expect(await tryLock(path)).toBeUndefined();
    expect(await holderOf(path)).toBe(`process ${process.pid} on ${hostname()}`);
    await lock?.release();
    await lock?.release();
    expect(await holderOf(path)).toBeUndefined();
    const again = await tryLock(path);
    expect(again).toBeDefined();
    await lock?.release(); // of the first one: no business of the second's
    expect(await tryLock(path)).toBeUndefined();
    await again?.release();
    expect(await readdir(join(folder, 'locks'))).toEqual([]);
  });

  it('goes to one of many that ask at once', async () => {
    const locks = await Promise.all(Array.from({ length: 20 }, () => tryLock(path)));
    expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1);
  });

  it('of a process that was killed is taken over, by one of many', async () => {
    const module = await bundle(
      `import { tryLock } from './src/disk/lock.ts';
       console.log((await tryLock(process.argv[2] ?? '')) ? 'locked' : 'refused');
       setInterval(() => {}, 1000);`,
      folder,
    );
    const child = start(module, path);
    expect(await firstLine(child)).toBe('locked');
    expect(await tryLock(path)).toBeUndefined();
    expect(await holderOf(path)).toBe(`process ${child.pid} on ${hostname()}`);
    child.kill('SIGKILL');
    await exitCode(child);
    expect(await holderOf(path)).toBeUndefined();
    const locks = await Promise.all(Array.from({ length: 10 }, () => tryLock(path)));
    expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1);
  });

  const noZombies = existsSync('/proc/self/stat') ? '' : 'only Linux shows its processes as files';
  it.skipIf(noZombies !== '')(`of a killed process that nobody reaps is taken over${noZombies}`, async () => {
    const module = await bundle(
      `import { tryLock } from './src/disk/lock.ts';
       console.log((await tryLock(process.argv[2] ?? '')) && process.pid);
       setInterval(() => {}, 1000);`,
      folder,
    );
    // The shell becomes a process that never asks what became of its child, as the first one of many containers.
    const parent = spawn('sh', ['-c', '"$0" "$@" & exec sleep 600', process.execPath, module, path]);
    try {
      const zombie = Number(await firstLine(parent));
      expect(await tryLock(path)).toBeUndefined();
      process.kill(zombie, 'SIGKILL');
      await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toMatch(/\) Z /);
      expect(await holderOf(path)).toBeUndefined();
      expect(await tryLock(path)).toBeDefined();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('of a dead process goes with the others of its kind; those of live ones, and what is no lock, stay', async () => {
    const lock = await tryLock(path);
    const dead = join(folder, 'locks', 'dead.lock');
    await writeFile(dead, JSON.stringify({ ...thisProcess(), pid: 2 ** 22 + 1 })); // above Linux's largest number
    await writeFile(join(folder, 'locks', 'foreign.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', started: '' }));
    await writeFile(join(folder, 'locks', 'notes.txt'), '');
    await writeFile(join(folder, 'locks', 'b.lock.takeover'), await readFile(dead));
    await writeFile(join(folder, 'locks', 'c.lock.takeover'), JSON.stringify(thisProcess()));
    await mkdir(join(folder, 'locks', 'folder.lock'));
    await removeDeadLocks(join(folder, 'locks'));
    expect((await readdir(join(folder, 'locks'))).sort()).toEqual([
      ...['a.lock', 'c.lock.takeover', 'folder.lock', 'foreign.lock', 'notes.txt'],
    ]);
    await lock?.release();
    await removeDeadLocks(join(folder, 'nowhere'));
  });

  it('does not live on in a stranger that has its owner’s number', async () => {
    await plant({ ...thisProcess(), started: 'another boot/1' });
    const known = thisProcess().started !== ''; // systems that do not tell when a process began cannot tell them apart
    expect((await tryLock(path)) !== undefined).toBe(known);
  });

  it('of another machine is respected while it is touched now and then', async () => {
    await plant({ pid: 1, host: 'elsewhere', started: '' });
    expect(await tryLock(path)).toBeUndefined();
    expect(await holderOf(path)).toBe('process 1 on elsewhere');
    const old = new Date(Date.now() - 3600_000);
    await utimes(path, old, old);
    expect(await tryLock(path)).toBeDefined();
  });

  it('is written over itself by its owner now and then, and left alone once it is another’s', async () => {
    const lock = await tryLock(path, 5);
    const old = new Date(Date.now() - 3600_000);
    const touched = async () => (await stat(path)).mtimeMs > old.getTime() + 1000;
    const content = await readFile(path, 'utf8');
    await utimes(path, old, old);
    await expect.poll(touched).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(content);
    const another = join(folder, 'another'); // in its place like a takeover's, so that a beat on its way writes the lock that is gone
    await writeFile(another, JSON.stringify({ pid: 1, host: 'elsewhere', started: '' }));
    await utimes(another, old, old);
    await rename(another, path);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await touched()).toBe(false);
    await lock?.release();
    expect(await readFile(path, 'utf8')).toContain('elsewhere');
  });

  it('that cannot be read is respected as long as one of another machine', async () => {
    await plant({});
    await writeFile(path, 'garbage');
    expect(await tryLock(path)).toBeUndefined();
    expect(await holderOf(path)).toBe('an unknown process');
  });
});

describe('waiting', () => {
  it('ends with the lock, or with its holder’s name', async () => {
    const lock = await tryLock(path);
    await expect(waitForLock(path, 50)).rejects.toThrow(`is held by process ${process.pid} on`);
    setTimeout(() => void lock?.release(), 50);
    await (await waitForLock(path, 10_000)).release();
  });

  it('keeps processes out of each other’s way', async () => {
    const counter = join(folder, 'counter');
    await writeFile(counter, '0');
    const module = await bundle(
      `import { readFileSync, writeFileSync } from 'node:fs';
       import { setTimeout } from 'node:timers/promises';
       import { waitForLock } from './src/disk/lock.ts';
       const [, , path = '', counter = ''] = process.argv;
       for (let turn = 0; turn < 25; turn++) {
         const lock = await waitForLock(path);
         const value = Number(readFileSync(counter, 'utf8'));
         await setTimeout(1);
         writeFileSync(counter, String(value + 1));
         await lock.release();
       }`,
      folder,
    );
    const children = [1, 2, 3].map(() => start(module, path, counter));
    for (const child of children) expect(await exitCode(child)).toBe(0);
    expect(await readFile(counter, 'utf8')).toBe('75');
  });
});
