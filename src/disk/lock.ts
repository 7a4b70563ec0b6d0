/**
 * Lock files that end with their owner. A lock is taken by an exclusive link to a complete file, so it is never seen half
 * written; a dead owner's lock is taken over. Times are compared as the file system stamps them, so that clocks that
 * differ or jump do no harm.
 */
import { constants } from 'node:fs';
import { copyFile, link, open, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { diskError, errorCode, isMissing, makeFolder, namesIn, olderThan, withTemporaryFile } from './files.ts';
import { isOver, type ProcessIdentity, thisProcess } from './process-identity.ts';
import { readBytes } from './read-file.ts';

export interface Lock {
  /** Gives the lock back; once is enough, more does no harm. */
  release(): Promise<void>;
}

/** Owners write their locks again this often, for machines that cannot ask whether the owner lives … */
const heartbeatMs = 30_000;
/** … and take a lock over that nobody wrote for this long. */
const silenceMs = 10 * 60_000;
/** A takeover lasts a few system calls; its guard is in the way longer only where its owner was killed in between. */
const guardLifetimeMs = 5_000;
const guardEnding = '.takeover';

const identitySchema = z.object({ pid: z.int(), host: z.string(), started: z.string() });
let tried = 0;

/**
 * The lock, or `undefined` while a live process (this one included) holds it. Makes the folder where needed. Throws a
 * UsageError where the disk is full or not to be written to. Its owner writes it again every `beatMs`.
 */
export async function tryLock(path: string, beatMs = heartbeatMs): Promise<Lock | undefined> {
  const content = JSON.stringify({ ...thisProcess(), turn: tried++ });
  await makeFolder(dirname(path));
  try {
    const taken = await withTemporaryFile(path, content, async (temporary) => {
      if (await linked(temporary, path)) return true;
      const now = (await stat(temporary)).mtimeMs;
      const standing = await standingOf(path, now);
      if (standing === 'held' || (standing === 'abandoned' && !(await removeAbandoned(path, now)))) return false;
      return linked(temporary, path);
    });
    return taken ? held(path, content, beatMs) : undefined;
  } catch (error) {
    throw diskError(`cannot take the lock ${path}`, error);
  }
}

/** The lock as soon as it is free. Throws after `patienceMs` with the holder's name. */
export async function waitForLock(path: string, patienceMs = 60_000): Promise<Lock> {
  const began = performance.now();
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 1.5, 100)) {
    const lock = await tryLock(path);
    if (lock !== undefined) return lock;
    if (performance.now() - began > patienceMs)
      throw new Error(`${path} is held by ${(await holderOf(path)) ?? 'nobody any more'}`);
    await sleep(pauseMs * (0.5 + Math.random())); // not a trial's randomness: it keeps waiting processes out of step
  }
}

/** Who holds a lock, in words; `undefined` where it is free or its owner is dead. */
export async function holderOf(path: string): Promise<string | undefined> {
  const owner = await ownerOf(path);
  if (owner === undefined || (await standingOf(path, Date.now())) !== 'held') return undefined;
  return owner === 'unreadable' ? 'an unknown process' : `process ${owner.pid} on ${owner.host}`;
}

/** Removes the locks in `folder` whose owners are dead, and their guards. A folder that is not there has none; what is no file stays. */
export async function removeDeadLocks(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
    if (name.endsWith(guardEnding)) await removeAbandonedGuard(path, Date.now());
    if (name.endsWith('.lock') && (await holderOf(path)) === undefined) await (await tryLock(path))?.release();
  }
}

async function linked(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(errorCode(error))) throw error;
  }
  // A file system without hard links: exclusive all the same, but readers may see the lock before its content.
  try {
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** `content` tells this lock from any other, where numbers of files do not: some file systems make them up. */
function held(path: string, content: string, beatMs: number): Lock {
  const heartbeat = setInterval(() => {
    beat(path, content).catch(() => {}); // a lock that is gone was taken over: nothing to keep alive
  }, beatMs);
  heartbeat.unref();
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      clearInterval(heartbeat);
      // Somebody else's by now, where this process was silent for very long. One that cannot be removed dies with its owner.
      const stands = await readBytes(path).catch(() => '');
      if (stands.toString() === content) await rm(path, { force: true }).catch(() => {});
    },
  };
}

/** Writes the lock's bytes over themselves: the file system stamps the time, which the owner's clock need not know. */
async function beat(path: string, content: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    if ((await file.readFile('utf8')) === content) await file.write(content, 0);
  } finally {
    await file.close();
  }
}

async function ownerOf(path: string): Promise<ProcessIdentity | 'unreadable' | undefined> {
  try {
    const parsed = identitySchema.safeParse(JSON.parse((await readBytes(path)).toString('utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

/** `abandoned`: its owner is dead, so nobody but a takeover will remove it. */
type Standing = 'free' | 'held' | 'abandoned';

async function standingOf(path: string, now: number, lifetimeMs = silenceMs): Promise<Standing> {
  const owner = await ownerOf(path);
  if (owner === undefined) return 'free';
  const isHere = owner !== 'unreadable' && owner.host === hostname();
  const isDead = isHere ? isOver(owner) : await olderThan(path, lifetimeMs, now);
  return isDead ? 'abandoned' : 'held';
}

/**
 * Removes a dead owner's lock. Two processes may find the same one abandoned, and the slower must not remove the faster
 * one's new lock: the second look and the removal happen under a guard that only one of them gets. A lock that is free by
 * then is left alone: removing it by name could hit the one that somebody takes in this moment.
 */
async function removeAbandoned(path: string, now: number): Promise<boolean> {
  const guard = `${path}${guardEnding}`;
  try {
    await writeFile(guard, JSON.stringify(thisProcess()), { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    await removeAbandonedGuard(guard, now);
    return false;
  }
  try {
    const standing = await standingOf(path, now);
    if (standing === 'abandoned') await rm(path, { force: true });
    return standing !== 'held';
  } finally {
    await rm(guard, { force: true });
  }
}

async function removeAbandonedGuard(guard: string, now: number): Promise<void> {
  if ((await standingOf(guard, now, guardLifetimeMs)) === 'abandoned') await rm(guard, { force: true });
}
