/** Reads picture files by name, from a folder or from a zip. Nothing is written under a name that they contain. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { firstBytes, looksLikePage, pageText } from './file-bytes.ts';
import { folderFiles } from './folder-files.ts';

export interface PictureFiles {
  /** In no promised order. */
  readonly names: ReadonlySet<string>;
  /** The content of one of them. Throws an Error of a few words where it cannot be had. */
  read(name: string): Promise<Uint8Array>;
  close(): void;
}

/** Bytes that one picture's file may have. */
const largestFile = 128 * 2 ** 20;

/** Files of a zip: CelebA has 202,599. */
const mostFiles = 1_000_000;

/** The files of a folder and, where `deep`, of its folders; names are paths from it. Hidden ones are left out. */
export async function openPictureFolder(folder: string, deep: boolean): Promise<PictureFiles> {
  const files = await folderFiles(folder, deep);
  return {
    names: new Set(files.keys()),
    async read(name) {
      const path = files.get(name);
      if (path === undefined) throw new Error('not there');
      const found = await stat(path);
      if (found.isDirectory()) throw new Error('a link to a folder that is read already');
      if (!found.isFile()) throw new Error('not a file');
      if (found.size > largestFile) throw new Error(`${found.size} bytes`);
      return readFile(path);
    },
    close() {},
  };
}

/**
 * The files of a zip under their names without folders. Sizes are checked as declared and again while unpacking; the
 * checksum of each is checked when it is read.
 *
 * @throws UsageError where the file is no zip, cut short, or names a path that leaves it.
 */
export async function openPictureZip(path: string): Promise<PictureFiles> {
  if (looksLikePage(await firstBytes(path))) throw new UsageError(pageText(path));
  const broken = (error: unknown) =>
    new UsageError(`${path}: not a whole zip archive (${messageOf(error)}); get it once more`);
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true }).catch((error) => {
    throw broken(error);
  });
  if (zip.entryCount > mostFiles) {
    zip.close();
    throw new UsageError(`${path}: expected at most ${mostFiles} files, it says that it has ${zip.entryCount}`);
  }
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.set(basename(entry.fileName), entry);
    }
  } catch (error) {
    zip.close();
    throw broken(error);
  }
  return {
    names: new Set(entries.keys()),
    async read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error('not in the archive');
      if (entry.uncompressedSize > largestFile) throw new Error(`${entry.uncompressedSize} bytes`);
      if (!entry.canDecodeFileData()) throw new Error('packed or encrypted in a way that is not supported');
      const chunks: Uint8Array[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
      const content = Buffer.concat(chunks);
      if (crc32(content) !== entry.crc32) throw new Error('damaged (checksum differs)');
      return content;
    },
    close: () => zip.close(),
  };
}
