/** Reads the files of a zip archive by name. Sizes are bounded as declared and again while unpacking, and checksums are checked. */
import { crc32 } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { firstBytes, looksLikePage, pageText } from './file-bytes.ts';

export interface Zip {
  /** Paths in the archive, folders left out. */
  readonly names: readonly string[];
  /** The content of one of them. Throws an Error of a few words where it cannot be had. */
  read(name: string): Promise<Uint8Array>;
  close(): void;
}

/** CelebA has 202,599 files. */
const mostFiles = 1_000_000;

/**
 * @param largestFile bytes that one file of it may have.
 * @throws UsageError where the file is no zip, cut short, or names a path that leaves it.
 */
export async function openZip(path: string, largestFile: number): Promise<Zip> {
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
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip.close();
    throw broken(error);
  }
  return {
    names: [...entries.keys()],
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
