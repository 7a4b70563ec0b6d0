/** What disks, copies and editors do to a file. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import seedrandom from 'seedrandom';

/** Turns one bit of a file over; which one is drawn by `seed`. */
export function flipBit(path: string, seed: string): void {
  const bytes = readFileSync(path);
  const bit = Math.floor(seedrandom.alea(seed)() * bytes.length * 8);
  writeFileSync(path, flipped(bytes, bit));
}

export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** Leaves the first half of a file. */
export function cutShort(path: string): void {
  truncateSync(path, Math.floor(readFileSync(path).length / 2));
}
