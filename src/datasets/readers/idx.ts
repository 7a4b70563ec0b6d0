/**
 * Reads IDX, the format of MNIST's files: a big-endian header and unsigned bytes. The header is not trusted before its
 * bytes arrive.
 */
import { UsageError } from '../../base/usage-error.ts';
import type { ByteReader } from './byte-reader.ts';

export interface Idx {
  /** What the header says: items, then the lengths of an item's dimensions. */
  readonly count: number;
  readonly dims: readonly number[];
  /** Every item, exactly `count` of them. Each is valid until the next. Throws where there are fewer bytes, or more. */
  items(): AsyncGenerator<Uint8Array>;
}

/** Bytes in an item, at most: a picture of 1,024 × 1,024. */
const largestItem = 1 << 20;

/**
 * Reads the header of a file of unsigned bytes with `rank` dimensions (3: pictures; 1: labels). The reader is the caller's
 * to close; `name` stands in messages.
 *
 * @throws UsageError where it is no such file.
 */
export async function openIdx(reader: ByteReader, name: string, rank: 1 | 3): Promise<Idx> {
  const header = Buffer.from(await reader.take(4 + 4 * rank));
  if (header.length < 4 + 4 * rank)
    throw new UsageError(`${name}: expected an IDX file, it ends after ${header.length} bytes`);
  const magic = header.readUInt32BE(0);
  if (magic !== 0x0800 + rank) {
    const expected = rank === 3 ? 'pictures (magic 0x00000803)' : 'labels (magic 0x00000801)';
    throw new UsageError(
      `${name}: expected an IDX file of ${expected}, it begins with 0x${magic.toString(16).padStart(8, '0')}`,
    );
  }
  const [count = 0, ...dims] = Array.from({ length: rank }, (_, i) => header.readUInt32BE(4 + 4 * i));
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (size < 1 || size > largestItem)
    throw new UsageError(`${name}: expected pictures of at most 1,024 × 1,024, its header says ${dims.join(' × ')}`);
  if (count === 0) throw new UsageError(`${name}: expected items, its header says that there are none`);
  return {
    count,
    dims,
    async *items() {
      for (let item = 0; item < count; item++) {
        const bytes = await reader.take(size);
        if (bytes.length < size)
          throw new UsageError(`${name}: cut short, its header says ${count} items and it holds ${item}`);
        yield bytes;
      }
      if ((await reader.some(1)).length > 0)
        throw new UsageError(`${name}: goes on after the ${count} items that its header says`);
    },
  };
}
