/** Downloads a file to disk and checks it against its published checksum. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../base/usage-error.ts';
import { looksLikePage } from './file-bytes.ts';

export interface Download {
  readonly url: string;
  readonly md5: string;
  /** Bytes that it may have at most. */
  readonly most: number;
  /** A connection that sends nothing for so long is given up. */
  readonly stallMs: number;
}

/**
 * Writes the file to `path`, which it removes again where anything fails.
 *
 * @throws UsageError of one line with what can be done instead.
 */
export async function download(
  { url, md5, most, stallMs }: Download,
  path: string,
  { signal, step }: { readonly signal: AbortSignal; step(done: number, of: number | undefined, unit: 'MB'): void },
): Promise<void> {
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(), stallMs);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, stalled.signal]) });
    if (!response.ok || response.body === null)
      throw new UsageError(`the server says ${response.status} ${response.statusText}`.trim());
    const declared = Number(response.headers.get('content-length')) || undefined;
    if (declared !== undefined && declared > most)
      throw new UsageError(`expected at most ${most} bytes, the server has ${declared}`);
    const hash = createHash('md5');
    let done = 0;
    let isPage = false;
    await pipeline(
      Readable.fromWeb(response.body),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          watch.refresh();
          if (done === 0) isPage = looksLikePage(chunk.subarray(0, 512));
          done += chunk.length;
          if (done > most) throw new UsageError(`expected at most ${most} bytes, the server sends more`);
          hash.update(chunk);
          step(done / 1e6, declared === undefined ? undefined : declared / 1e6, 'MB');
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    if (isPage) throw new UsageError('the server sent a web page in its place');
    const found = hash.digest('hex');
    if (found !== md5) throw new UsageError(`expected MD5 ${md5}, got ${found} (${done} bytes)`);
  } catch (error) {
    await rm(path, { force: true });
    signal.throwIfAborted();
    const why = stalled.signal.aborted ? `nothing came for ${Math.round(stallMs / 1000)} s` : reason(error);
    throw new UsageError(
      `cannot download ${url}: ${why}; get ${basename(new URL(url).pathname)} by other means and use --from <file>`,
    );
  } finally {
    clearTimeout(watch);
  }
}

/** fetch hides why it failed in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  if (!(cause instanceof Error)) return message;
  const code = 'code' in cause ? String(cause.code) : '';
  const said = cause.message || message;
  return code === '' || said.includes(code) ? said : `${said} (${code})`;
}
