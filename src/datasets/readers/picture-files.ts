/** Reads picture files by name, from a folder or from a zip. Nothing is written under a name that they contain. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { folderFiles } from './folder-files.ts';
import { openZip } from './zip.ts';

export interface PictureFiles {
  /** In no promised order. */
  readonly names: ReadonlySet<string>;
  /** The content of one of them. Throws an Error of a few words where it cannot be had. */
  read(name: string): Promise<Uint8Array>;
  close(): void;
}

/** Bytes that one picture's file may have. */
const largestFile = 128 * 2 ** 20;

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
 * The pictures of a zip under their names without folders or, where `deep`, under their paths in it.
 *
 * @throws UsageError where the file is no zip, cut short, or names a path that leaves it.
 */
export async function openPictureZip(path: string, deep = false): Promise<PictureFiles> {
  const { names, read, close } = await openZip(path, largestFile);
  const places = new Map(names.map((name) => [deep ? name : basename(name), name]));
  return { names: new Set(places.keys()), read: (name) => read(places.get(name) ?? name), close };
}
