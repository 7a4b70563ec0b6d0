/**
 * Lists the files of a folder and of the folders below it. Links to folders are followed; a folder that several names lead to
 * is listed once, so that a circle of links ends.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';

/** A path as bytes where its name is no UTF-8, as on disks that older systems wrote. */
type Path = string | Buffer;

/**
 * Paths of the files below `folder` by their names relative to it, with those of folders below where `deep`; hidden ones are
 * left out. A byte of a name that is no UTF-8 stands in it as a lone surrogate (U+DC00 + byte), so that no two names collide.
 * Links that lead nowhere, or to a folder that is listed already, are among them: reading them says what they are.
 *
 * @throws UsageError where a folder cannot be read.
 */
export async function folderFiles(folder: string, deep: boolean): Promise<ReadonlyMap<string, Path>> {
  const files = new Map<string, Path>();
  const folders: Place[] = [{ path: folder, name: '' }];
  const links: Place[] = [];
  const seen = new Set<string>();
  // Folders before links to them: a picture keeps its own name.
  for (let at = folders.pop(); at !== undefined; at = folders.pop() ?? links.shift()) {
    const found = await stat(at.path, { bigint: true }).catch(() => undefined);
    const identity = `${found?.dev} ${found?.ino}`;
    if (found?.isDirectory() !== true || seen.has(identity)) {
      files.set(at.name, at.path);
      continue;
    }
    seen.add(identity);
    const entries = await readdir(at.path, { withFileTypes: true, encoding: 'buffer' }).catch((error) => {
      throw new UsageError(`cannot read the folder ${join(folder, at.name)} (${error.code})`);
    });
    for (const entry of entries) {
      const name = nameOf(entry.name);
      const place = { path: inside(at.path, entry.name), name: join(at.name, name) };
      if (name.startsWith('.')) continue;
      if (entry.isFile()) files.set(place.name, place.path);
      else if (!deep && entry.isSymbolicLink()) files.set(place.name, place.path);
      else if (deep && entry.isSymbolicLink()) links.push(place);
      else if (deep && entry.isDirectory()) folders.push(place);
    }
  }
  return files;
}

interface Place {
  readonly path: Path;
  /** Relative to the first folder. */
  readonly name: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function nameOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (letter) => String.fromCharCode(0xdc00 + letter.charCodeAt(0)));
  }
}

/** Text where it is text: Windows takes no bytes that begin with `\\?\`. */
function inside(folder: Path, name: Buffer): Path {
  const text = name.toString();
  return typeof folder === 'string' && name.equals(Buffer.from(text))
    ? join(folder, text)
    : Buffer.concat([Buffer.from(folder), Buffer.from('/'), name]);
}
