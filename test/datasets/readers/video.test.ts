/** Frames of a video that ffmpeg makes here: as many as there should be, in order, with the colours that went in. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { videoFrames } from '../../../src/datasets/readers/video.ts';
import { put, scratch } from '../pictures/files.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const calm = { signal: new AbortController().signal, tell() {} };

async function means(path: string, everyMs: number, listener = calm): Promise<number[][]> {
  const frames: number[][] = [];
  for await (const pixels of videoFrames({ path, everyMs, size: 8 }, listener)) {
    expect(pixels.length).toBe(8 * 8 * 3);
    frames.push([0, 1, 2].map((c) => pixels.reduce((sum, value, i) => sum + (i % 3 === c ? value : 0), 0) / 64));
  }
  return frames;
}

test('without ffmpeg one line says how to get it', async () => {
  vi.stubEnv('PATH', scratch());
  try {
    await expect(means(put(scratch(), 'x.mp4', 'x'), 2000)).rejects.toThrow(
      /^--video: needs ffmpeg, .*apt install ffmpeg/,
    );
  } finally {
    vi.unstubAllEnvs();
  }
});

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  /** Four seconds each of red, green and blue, 64 × 36 at 10 frames a second. */
  function film(): string {
    const path = join(scratch(), 'a film.avi');
    const colours = ['red', 'lime', 'blue'].flatMap((colour) => [
      '-f',
      'lavfi',
      '-i',
      `color=${colour}:s=64x36:r=10:d=4`,
    ]);
    const made = spawnSync('ffmpeg', [
      '-v',
      'error',
      ...colours,
      '-filter_complex',
      'concat=n=3',
      '-c:v',
      'mjpeg',
      '-q:v',
      '2',
      path,
    ]);
    expect(made.stderr.toString()).toBe('');
    return path;
  }

  test('a frame every 2 s of 12 s: two of each colour', async () => {
    const frames = await means(film(), 2000);
    const expected = [
      [254, 0, 0],
      [254, 0, 0],
      [0, 255, 1],
      [0, 255, 1],
      [0, 0, 254],
      [0, 0, 254],
    ];
    expect(frames.length).toBe(6);
    for (const [i, frame] of frames.entries()) {
      for (const [c, value] of frame.entries()) expect(Math.abs(value - Number(expected[i]?.[c]))).toBeLessThan(12); // JPEG
    }
  });

  test('every 500 ms there are four times as many', async () => {
    expect((await means(film(), 500)).length).toBe(24);
  });

  /** Plays the frames of shades 0, 1, 2 … at the times given, in seconds, a millisecond exact. */
  function slides(seconds: readonly number[], { startsAt = 0 } = {}): string {
    const folder = scratch();
    const shades = `nullsrc=s=16x16:r=1:d=${seconds.length},format=rgb24,geq=r='10*N':g='10*N':b='10*N'`;
    const drawn = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', shades, join(folder, '%d.png')]);
    expect(drawn.stderr.toString()).toBe('');
    const list = seconds.map(
      (second, i) => `file '${join(folder, `${i + 1}.png`)}'\nduration ${(seconds[i + 1] ?? second + 0.1) - second}`,
    );
    const path = join(folder, 'slides.mkv');
    const words = ['-v', 'error', '-f', 'concat', '-safe', '0', '-i', put(folder, 'list.txt', list.join('\n'))];
    const coding = [
      '-fps_mode',
      'vfr',
      '-enc_time_base',
      '1/1000',
      '-output_ts_offset',
      `${startsAt}`,
      '-c:v',
      'ffv1',
      path,
    ];
    expect(spawnSync('ffmpeg', [...words, ...coding]).stderr.toString()).toBe('');
    return path;
  }
  const shown = async (path: string, everyMs: number) =>
    (await means(path, everyMs)).map(([red = NaN]) => Math.round(red / 10));
  const tenths = (count: number) => Array.from({ length: count }, (_, i) => i / 10);

  test('frames are those on the screen at 0, every, 2 · every …, not half an interval later', async () => {
    expect(await shown(slides(tenths(25)), 1000)).toEqual([0, 10, 20]);
    expect(await shown(slides(tenths(25)), 250)).toEqual([0, 2, 5, 7, 10, 12, 15, 17, 20, 22]);
  });

  test('a video shorter than half the interval has its first frame', async () => {
    expect(await shown(slides(tenths(4)), 2000)).toEqual([0]);
  });

  test('time is counted from the first frame, wherever the file begins to count', async () => {
    expect(await shown(slides(tenths(25), { startsAt: 1.4 }), 1000)).toEqual([0, 10, 20]);
  });

  test('frames that a video of variable rate shows at two instants are counted', async () => {
    const path = slides([0, 0.1, 0.2, 3.1, 3.2, 4.1]);
    expect(await shown(path, 1000)).toEqual([0, 2, 2, 2, 4]);
    const frames = videoFrames({ path, everyMs: 1000, size: 8 }, calm);
    let last = await frames.next();
    while (last.done !== true) last = await frames.next();
    expect(last.value).toBe(2);
  });

  test('what is no video is refused with what ffmpeg says of it', async () => {
    const text = put(scratch(), 'x.mp4', 'not a video');
    await expect(means(text, 2000)).rejects.toThrow(
      /^--video: ffmpeg finds no frames in .*x\.mp4 \(moov atom not found\)$/,
    );
  });

  test('a playlist that names something on the network is not followed', async () => {
    const list = '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n';
    await expect(means(put(scratch(), 'x.m3u8', list), 2000)).rejects.toThrow(/ffmpeg finds no frames/);
  });

  test('an interrupt ends it in the middle', async () => {
    const interrupt = new AbortController();
    let count = 0;
    const read = async () => {
      for await (const _ of videoFrames({ path: film(), everyMs: 1, size: 8 }, { ...calm, signal: interrupt.signal })) {
        if (++count === 3) interrupt.abort('SIGINT');
      }
    };
    await expect(read()).rejects.toBe('SIGINT');
    expect(count).toBeLessThan(12_000);
  });
});
