/**
 * Reads the bytes of a prepared set. Files up to `memoryLimit` are read whole, checked against their hash once a process,
 * and shared; larger files are read by position, and their hash is checked by `npm run data -- <name> --verify`.
 */
import { createHash } from 'node:crypto';
import { openSync, readSync, statSync } from 'node:fs';
import { UsageError } from '../../base/usage-error.ts';
import { readBytesSync } from '../../disk/read-file.ts';

/** Bytes of a file that are kept in memory: 256 MiB. */
export const memoryLimit = 256 * 2 ** 20;

/** Location of a record: in `bytes` from `from`, valid until the next `find`. The object is reused, so nothing is allocated. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly from: number;
}

export interface StoredBytes {
  /** Record `index`. */
  find(index: number): ByteRange;
}

/** Checked files in memory, by path, time and hash, so that a replaced set is read again. */
const held = new Map<string, WeakRef<Uint8Array>>();

/**
 * A file of `count` records of `length` bytes, not opened before it is first read. `advice` is the command that makes it again.
 *
 * @throws UsageError at the first `find` where the content is not that of `sha256`.
 */
export function storedBytes(
  path: string,
  { count, length }: { readonly count: number; readonly length: number },
  sha256: string,
  advice: string,
): StoredBytes {
  let find: StoredBytes['find'] | undefined;
  return {
    find(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= count)
        throw new Error(`internal: ${path} has records 0 to ${count - 1}, asked for ${index}`);
      find ??= count * length <= memoryLimit ? fromMemory(path, length, sha256, advice) : fromDisk(path, length);
      return find(index);
    },
  };
}

function fromMemory(path: string, length: number, sha256: string, advice: string): StoredBytes['find'] {
  const key = `${path}/${statSync(path).mtimeMs}/${sha256}`;
  let bytes = held.get(key)?.deref();
  if (bytes === undefined) {
    const { buffer, byteOffset, length: size } = readBytesSync(path);
    bytes = new Uint8Array(buffer, byteOffset, size); // a Buffer's slice would share its memory, an array's copies
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new UsageError(changedText(path, advice));
    held.set(key, new WeakRef(bytes));
  }
  const place = { bytes, from: 0 };
  return (index) => {
    place.from = index * length;
    return place;
  };
}

function fromDisk(path: string, length: number): StoredBytes['find'] {
  // Stays open for the rest of the process: one descriptor for each set in use.
  const file = openSync(path, 'r');
  const place = { bytes: new Uint8Array(length), from: 0 };
  return (index) => {
    for (let done = 0; done < length; ) {
      const got = readSync(file, place.bytes, done, length - done, index * length + done);
      if (got === 0) throw new Error(`${path} was cut short while it was in use`);
      done += got;
    }
    return place;
  };
}

/** Message for a file that changed after it was prepared. */
export const changedText = (path: string, advice: string): string =>
  `${path}: its bytes are not those that were prepared (SHA-256 differs); make it again with ${advice}`;
