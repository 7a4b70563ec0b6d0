/** Decodes frames of a video at a fixed interval with the system's ffmpeg, as raw bytes from its output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UsageError } from '../../base/usage-error.ts';
import { ByteReader } from './byte-reader.ts';

/**
 * A frame every `everyMs` milliseconds from the start, the whole of it squeezed to `[size, size, 3]`; the array is reused.
 * `tell` hears of what ffmpeg complains about while it goes on.
 *
 * @throws UsageError where ffmpeg is missing or cannot read the file.
 */
export async function* videoFrames(
  video: { readonly path: string; readonly everyMs: number; readonly size: number },
  { signal, tell }: { readonly signal: AbortSignal; tell(line: string): void },
): AsyncGenerator<Uint8Array> {
  const { path, everyMs, size } = video;
  const filter = `fps=1000/${everyMs},scale=${size}:${size}:flags=area,format=rgb24`;
  // Only local files: a playlist must not make ffmpeg fetch what it names.
  const input = ['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`];
  const words = ['-nostdin', '-v', 'error', ...input, '-map', '0:v:0', '-vf', filter, '-f', 'rawvideo', 'pipe:1'];
  const child = spawn('ffmpeg', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await once(child, 'spawn');
  } catch {
    throw new UsageError('--video: needs ffmpeg, which is not there: apt install ffmpeg; or --from <folder of frames>');
  }
  const end = once(child, 'close');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 1000);
  });
  const stop = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const reader = new ByteReader(child.stdout);
    const frame = 3 * size * size;
    let count = 0;
    for (let bytes = await reader.take(frame); bytes.length === frame; bytes = await reader.take(frame)) {
      yield bytes;
      count++;
    }
    const [code] = await end;
    signal.throwIfAborted();
    const said = (complaint.trim().split('\n')[0] ?? '').replace(/^\[[^\]]*\] /, ''); // without the decoder's address
    if (count === 0)
      throw new UsageError(`--video: ffmpeg finds no frames in ${path}${said === '' ? '' : ` (${said})`}`);
    if (code !== 0) throw new UsageError(`--video: ffmpeg gave up on ${path} after ${count} frames (${said})`);
    if (said !== '') tell(`ffmpeg says of ${path}: ${said}`);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
