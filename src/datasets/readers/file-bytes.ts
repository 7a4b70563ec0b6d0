/** Reads a source file in chunks, decompressed where it is gzip. Errors name the file as its user knows it. */
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UsageError } from '../../base/usage-error.ts';
import { byteStream, refuseOther } from '../../disk/read-file.ts';

/**
 * The bytes of `path`; whether it is gzip is seen from its first bytes, not from its name.
 *
 * @param shown what stands in messages, where the file is a copy that is gone by then.
 * @throws UsageError where the file is a web page, cut short or damaged, or unpacks to more than `most` bytes.
 */
export async function* fileBytes(path: string, most: number, shown = path): AsyncGenerator<Uint8Array> {
  const head = await firstBytes(path);
  if (looksLikePage(head)) throw new UsageError(pageText(shown));
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const file = byteStream(path, 1 << 18);
  // An error of either ends both and comes out of the loop below.
  const chunks = isGzip ? pipeline(file, createGunzip({ chunkSize: 1 << 18 }), () => {}) : file;
  let total = 0;
  try {
    for await (const chunk of chunks) {
      total += chunk.length;
      if (total > most)
        throw new UsageError(`${shown}: expected at most ${most} bytes${isGzip ? ', it unpacks to more' : ''}`);
      yield chunk;
    }
  } catch (error) {
    if (isGzip && error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new UsageError(`${shown}: cut short or damaged (gzip: ${error.message}); get it once more`);
    throw error;
  }
}

/** The first bytes of a file, 512 at most. Throws a UsageError where it is none or cannot be read. */
export async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    refuseOther(path);
    const file = await open(path, 'r');
    try {
      const head = new Uint8Array(512);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path} (${error instanceof Error && 'code' in error ? error.code : error})`);
  }
}

/** Whether bytes begin as a web page does: what a server sends in a file's place when a quota is used up. */
export function looksLikePage(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  return /^<(!doctype html|html|head|body|\?xml)/.test(text);
}

/** Said of such a file. */
export const pageText = (path: string): string =>
  `${path} is a web page, not the data (a download quota, as a rule): open it in a browser to see what it says, and get the file once more`;
