/** Decodes frames of a video at a fixed interval with the system's ffmpeg, as raw bytes from its output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UsageError } from '../../base/usage-error.ts';
import { ByteReader } from './byte-reader.ts';

/**
 * The frame that a viewer sees at 0, everyMs, 2 · everyMs … milliseconds after the first, the whole of it squeezed to
 * `[size, size, 3]`; the array is reused. `tell` hears of what ffmpeg complains about while it goes on. Returns how many of
 * the frames repeat the one before, since the video shows no other in between.
 *
 * @throws UsageError where ffmpeg is missing or cannot read the file.
 */
export async function* videoFrames(
  video: { readonly path: string; readonly everyMs: number; readonly size: number },
  { signal, tell }: { readonly signal: AbortSignal; tell(line: string): void },
): AsyncGenerator<Uint8Array, number> {
  const { path, everyMs, size } = video;
  // Rounding up keeps at each instant the last frame that began by then; the default takes one from half an interval later.
  const filter = `setpts=PTS-STARTPTS,fps=1000/${everyMs}:round=up,scale=${size}:${size}:flags=area,format=rgb24`;
  // Only local files: a playlist must not make ffmpeg fetch what it names.
  const input = ['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`];
  const words = [
    '-nostdin',
    '-nostats',
    '-v',
    'level+verbose',
    ...input,
    '-map',
    '0:v:0',
    '-vf',
    filter,
    '-f',
    'rawvideo',
    'pipe:1',
  ];
  const child = spawn('ffmpeg', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await once(child, 'spawn');
  } catch {
    throw new UsageError('--video: needs ffmpeg, which is not there: apt install ffmpeg; or --from <folder of frames>');
  }
  const end = once(child, 'close');
  let complaint: string | undefined;
  let repeated = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaint ??= /\[(?:error|fatal)\] (.*)$/.exec(line)?.[1]?.slice(0, 1000);
    repeated = Number(/ (\d+) frames duplicated/.exec(line)?.[1] ?? repeated);
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
    const said = complaint === undefined ? '' : ` (${complaint})`;
    if (count === 0) throw new UsageError(`--video: ffmpeg finds no frames in ${path}${said}`);
    if (code !== 0) throw new UsageError(`--video: ffmpeg gave up on ${path} after ${count} frames${said}`);
    if (complaint !== undefined) tell(`ffmpeg says of ${path}: ${complaint}`);
    return repeated;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
