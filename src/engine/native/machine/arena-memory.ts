/** Memory for an arena, on a cache line's start: an array of ours, so that it lives as long as someone holds it. */
import type * as Koffi from 'koffi';

const line = 64;

export function allocateArena(size: number, koffi: Pick<typeof Koffi.default, 'address'>): Float32Array {
  const buffer = new ArrayBuffer(size * 4 + line);
  const start = Number(koffi.address(buffer) % BigInt(line));
  return new Float32Array(buffer, start === 0 ? 0 : line - start, size);
}
