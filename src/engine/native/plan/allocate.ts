/** Places buffers in an arena: each at the lowest offset that is free as long as it lives. */
import type { Buffer } from './program.ts';

/** Numbers in a cache line. */
export const line = 16;

export type Lifetime = Omit<Buffer, 'offset'>;

/** Offsets in the order of the buffers, and the size of the arena that they take. */
export function allocate(buffers: readonly Lifetime[]): { readonly offsets: readonly number[]; readonly size: number } {
  const placed: Buffer[] = [];
  const offsets = new Array<number>(buffers.length).fill(0);
  let total = 0;
  // Those that live longest first: they leave no holes.
  const order = buffers.map((buffer, at) => ({ buffer, at }));
  order.sort((a, b) => b.buffer.last - b.buffer.first - (a.buffer.last - a.buffer.first) || a.at - b.at);
  for (const { buffer, at } of order) {
    const alive = placed
      .filter(({ first, last }) => first <= buffer.last && buffer.first <= last)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of alive) {
      if (offset + buffer.size <= other.offset) break;
      offset = Math.max(offset, Math.ceil((other.offset + other.size) / line) * line);
    }
    placed.push({ ...buffer, offset });
    offsets[at] = offset;
    total = Math.max(total, offset + buffer.size);
  }
  return { offsets, size: Math.ceil(total / line) * line };
}
