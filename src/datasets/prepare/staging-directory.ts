/**
 * Staging directory in which a set is built before it is published: `.<name>-<pid>` beside its place. A set appears
 * whole, by one rename; what a killed process left is removed by a later one.
 */
import { rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { errorCode, isMissing, namesIn } from '../../disk/files.ts';
import { isAlive } from '../../disk/process-identity.ts';
import { setFiles } from '../pictures/manifest.ts';

export interface StagingDirectory {
  readonly folder: string;
  /** A folder in it for what is needed on the way; gone before the set is published. */
  readonly scratch: string;
  /** Makes it the set, replacing the one that is there only where `fresh`. `false` where another process was first: then its set stays. */
  publish(fresh: boolean): Promise<boolean>;
  discard(): Promise<void>;
}

const scratchName = 'scratch';
const ours: ReadonlySet<string> = new Set([...Object.values(setFiles), scratchName]);
/** Besides them, the classifiers that scores are made with. */
const isOurs = (file: string): boolean => ours.has(file) || /^scorer-\d+-[0-9a-f]+\.(onnx|json|f32)$/.test(file);

/** A draft of a process that is not of this machine is left over when nothing was written to it for so long. */
const lifetimeMs = 60 * 60 * 1000;

let drafts = 0;

/** Makes an empty draft, and `dataRoot` where it is missing. */
export async function openStagingDirectory(dataRoot: string, name: string): Promise<StagingDirectory> {
  await mkdir(dataRoot, { recursive: true });
  await removeLeftDrafts(dataRoot);
  const folder = await newFolder(join(dataRoot, `.${name}-${process.pid}`));
  const place = join(dataRoot, name);
  const scratch = join(folder, scratchName);
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  await mkdir(scratch);
  process.once('exit', removeNow);
  return {
    folder,
    scratch,
    async publish(fresh) {
      await rm(scratch, { recursive: true, force: true });
      if (fresh) await moveAway(place, `${folder}.old`);
      try {
        await rename(folder, place);
        return true;
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
        return false;
      } finally {
        if (fresh) await rm(`${folder}.old`, { recursive: true, force: true });
      }
    },
    async discard() {
      process.off('exit', removeNow);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In a container numbers of processes come again: one that was killed may have left a draft of our name. */
async function newFolder(path: string): Promise<string> {
  for (; ; drafts++) {
    const folder = drafts === 0 ? path : `${path}.${drafts}`;
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Refuses to replace a folder that holds anything but a set: somebody's own files would go with it. */
export async function refuseForeign(dataRoot: string, name: string): Promise<void> {
  const folder = join(dataRoot, name);
  const foreign = (await namesIn(folder)).find((file) => !isOurs(file));
  if (foreign !== undefined)
    throw new UsageError(`${folder} holds files that are not ours (${foreign}): move them away first`);
}

async function moveAway(place: string, aside: string): Promise<void> {
  try {
    await rename(place, aside);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Only folders of our names with nothing but our files in them, whose process is gone and which are not being written. */
async function removeLeftDrafts(dataRoot: string): Promise<void> {
  for (const name of await readdir(dataRoot)) {
    const pid = /^\.[a-z0-9-]+-(\d+)(?:\.\d+)?(?:\.old)?$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(dataRoot, name);
    const files = await namesIn(folder);
    if (files.every(isOurs) && (await isOld(folder, files))) await rm(folder, { recursive: true, force: true });
  }
}

async function isOld(folder: string, files: readonly string[]): Promise<boolean> {
  try {
    const times = await Promise.all(['', ...files].map(async (file) => (await stat(join(folder, file))).mtimeMs));
    return Date.now() - Math.max(...times) > lifetimeMs;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
