/** Encodes frames as an animated GIF. The same frames give the same bytes. */

export interface GifFrame {
  readonly width: number;
  readonly height: number;
  /** Row by row, `channels` bytes a pixel. */
  readonly data: Uint8Array;
}

export interface GifOptions {
  /** Bytes a pixel: RGB or RGBA. */
  readonly channels: 3 | 4;
  /** Milliseconds that a frame is shown, and the last one. */
  readonly delay: { readonly each: number; readonly last: number };
  /** Size of the palette that all frames share. */
  readonly colours: number;
  /** Strength of error diffusion, 0 to 1. */
  readonly dither: number;
}

/** Loops forever. Frames smaller than the largest are padded with white. */
export async function animatedGif(
  frames: readonly GifFrame[],
  { channels, delay, colours, dither }: GifOptions,
): Promise<Uint8Array> {
  const width = Math.max(...frames.map((frame) => frame.width));
  const height = Math.max(...frames.map((frame) => frame.height));
  const strip = new Uint8Array(width * height * channels * frames.length).fill(255);
  for (const [index, frame] of frames.entries()) {
    const line = frame.width * channels;
    for (let row = 0; row < frame.height; row++) {
      strip.set(frame.data.subarray(row * line, (row + 1) * line), (index * height + row) * width * channels);
    }
  }
  const delays = frames.map((_, index) => (index === frames.length - 1 ? delay.last : delay.each));
  const raw = { width, height: height * frames.length, channels, pageHeight: height };
  const { default: sharp } = await import('sharp'); // here, because most processes draw no picture
  return sharp(strip, { raw }).gif({ loop: 0, delay: delays, dither, effort: 1, colours }).toBuffer();
}
