/**
 * Reads tar archives (ustar and older) strictly from a stream. It writes no file and follows no path, since an archive
 * may be hostile: callers should compare an entry's name, not use it.
 */
import { UsageError } from '../../base/usage-error.ts';
import { ByteReader } from './byte-reader.ts';

const block = 512;

export interface TarEntry {
  /** As it stands in the archive. */
  readonly name: string;
  /** Bytes of the content, as its header says. */
  readonly size: number;
  /** The content in chunks, of the stream's own size; what is not read is skipped. Throws where the archive ends within it. */
  content(): AsyncGenerator<Uint8Array>;
}

/**
 * The regular files of an archive; folders, links and extended headers are passed over. `archive` stands in messages.
 *
 * @throws UsageError where a header's checksum is wrong, a size is no number, or the archive ends before its end mark.
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>, archive: string): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(bytes);
  const cutShort = () => new UsageError(`${archive}: cut short (the tar archive ends before its end mark)`);
  try {
    for (;;) {
      const taken = await reader.take(block);
      if (taken.length < block) throw cutShort();
      const header = Buffer.from(taken); // a copy: the reader reuses its own
      if (header.every((byte) => byte === 0)) {
        // To the stream's end: what unpacks it checks its sum only there.
        while ((await reader.some(1 << 20)).length > 0);
        return;
      }
      checkSum(header, archive);
      const size = octal(header, 124, 12);
      if (size === undefined) throw new UsageError(`${archive}: expected a size in octal digits, an entry has none`);
      let left = size;
      const type = String.fromCharCode(header[156] ?? 0);
      if (type === '0' || type === '\0') {
        yield {
          name: nameOf(header),
          size,
          async *content() {
            while (left > 0) {
              const chunk = await reader.some(left);
              if (chunk.length === 0) throw cutShort();
              left -= chunk.length;
              yield chunk;
            }
          },
        };
      }
      const rest = left + ((block - (size % block)) % block);
      if ((await reader.skip(rest)) < rest) throw cutShort();
    }
  } finally {
    await reader.close();
  }
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checkSum(header: Buffer, archive: string): void {
  let sum = 8 * 0x20;
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += header[i] as number;
  if (sum !== octal(header, 148, 8))
    throw new UsageError(`${archive}: not a tar archive, or a damaged one (a header's checksum is wrong)`);
}

function nameOf(header: Buffer): string {
  const name = text(header, 0, 100);
  // GNU's own format has 'ustar ' there and something else in the prefix's place.
  const prefix = text(header, 257, 6) === 'ustar' ? text(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** A number field; `undefined` where it holds anything else (GNU's binary sizes are for files of 8 GB and more). */
function octal(header: Buffer, from: number, length: number): number | undefined {
  const digits = text(header, from, length).trim();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}
