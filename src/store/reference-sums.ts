/** Reads what is known of the bytes of reference trials: a line a trial, the SHA-256 of the list of its files' checksums. */
import { join } from 'node:path';
import { readTextSync } from '../disk/read-file.ts';
import { statsOf } from '../disk/stats-of.ts';

/** In a trial's folder the checksums of its files; in the reference store those of these lists, as `sha256sum` writes them. */
export const sumsFile = 'SHA256SUMS';

/** By `<experiment>/trials/<id>/SHA256SUMS`; empty where the store has no list. */
export function referenceSums(store: string): ReadonlyMap<string, string> {
  const path = join(store, sumsFile);
  if (!statsOf(path)) return new Map();
  return new Map(
    readTextSync(path)
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}
