/**
 * Encodes frames as an animated GIF that loops: one palette of all frames by median cut, pixels that stay left out, LZW. Pure;
 * the same frames give the same bytes. The format: CompuServe, GIF89a, 1990.
 */

/** Colours of the palette; the last index of 256 says "as before". */
const most = 255;
const asBefore = 255;
/** Colours are counted, and told apart, by five bits of each channel. */
const bins = 1 << 15;

export class GifRecorder {
  readonly #width: number;
  readonly #height: number;
  readonly #frames: { readonly pixels: Uint16Array; readonly hundredths: number }[] = [];
  /** Of each bin: pixels, and the sums of their three channels. */
  readonly #seen = new Float64Array(bins * 4);

  /** Pixels. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** @param rgba row by row, opaque. */
  add(rgba: Uint8ClampedArray, milliseconds: number): void {
    const pixels = new Uint16Array(this.#width * this.#height);
    for (let at = 0; at < pixels.length; at++) {
      const [r = 0, g = 0, b = 0] = [rgba[4 * at], rgba[4 * at + 1], rgba[4 * at + 2]];
      const bin = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      pixels[at] = bin;
      for (const [channel, value] of [1, r, g, b].entries()) {
        const cell = 4 * bin + channel;
        this.#seen[cell] = (this.#seen[cell] ?? 0) + value;
      }
    }
    this.#frames.push({ pixels, hundredths: Math.max(2, Math.round(milliseconds / 10)) });
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const { colours, indexOf } = paletteOf(this.#seen);
    const size = [...word(this.#width), ...word(this.#height)];
    const loop = [0x21, 0xff, 11, ...letters('NETSCAPE2.0'), 3, 1, ...word(0), 0];
    const parts: Uint8Array[] = [Uint8Array.from([...letters('GIF89a'), ...size, 0xf7, 0, 0, ...colours, ...loop])];
    let before: Uint16Array | undefined;
    for (const { pixels, hundredths } of this.#frames) {
      const indices = Uint8Array.from(pixels, (bin, at) => (before?.[at] === bin ? asBefore : (indexOf[bin] ?? 0)));
      const control = [0x21, 0xf9, 4, 0b101, ...word(hundredths), asBefore, 0];
      parts.push(Uint8Array.from([...control, 0x2c, ...word(0), ...word(0), ...size, 0, 8]), compressed(indices));
      before = pixels;
    }
    parts.push(Uint8Array.of(0x3b));
    return joined(parts);
  }
}

const word = (value: number): [low: number, high: number] => [value & 255, value >> 8];
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Halves the box of colours with most to tell apart, until there are enough of them; each becomes its mean. */
function paletteOf(seen: Float64Array): { readonly colours: Uint8Array; readonly indexOf: Uint8Array } {
  const countOf = (bin: number) => seen[4 * bin] ?? 0;
  const boxes = [boxOf(Array.from({ length: bins }, (_, bin) => bin).filter(countOf), countOf)];
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box, at) => (box.worth > (boxes[best]?.worth ?? 0) ? at : best), 0);
    const { worth, own, shift, count } = boxes[widest] ?? { worth: 0, own: [], shift: 0, count: 0 };
    if (worth === 0) break;
    own.sort((a, b) => ((a >> shift) & 31) - ((b >> shift) & 31));
    let half = 0;
    for (let sum = 0; half < own.length - 1 && sum < count / 2; half++) sum += countOf(own[half] ?? 0);
    boxes.splice(widest, 1, boxOf(own.slice(0, half), countOf), boxOf(own.slice(half), countOf));
  }
  const colours = new Uint8Array(256 * 3);
  const indexOf = new Uint8Array(bins);
  for (const [index, { own, count }] of boxes.entries()) {
    for (const bin of own) indexOf[bin] = index;
    for (const channel of [1, 2, 3]) {
      const sum = own.reduce((all, bin) => all + (seen[4 * bin + channel] ?? 0), 0);
      colours[3 * index + channel - 1] = Math.round(sum / Math.max(1, count));
    }
  }
  return { colours, indexOf };
}

function boxOf(own: number[], countOf: (bin: number) => number) {
  const count = own.reduce((sum, bin) => sum + countOf(bin), 0);
  const spans = [10, 5, 0].map((shift) => {
    const values = own.map((bin) => (bin >> shift) & 31);
    return { shift, span: values.length === 0 ? 0 : Math.max(...extent(values)) - Math.min(...extent(values)) };
  });
  const { shift, span } = spans.reduce((best, one) => (one.span > best.span ? one : best));
  // The root: thin lines and dots are few beside the ground, and are what is looked at.
  return { own, count, shift, worth: span * Math.sqrt(count) };
}

const extent = (values: readonly number[]): readonly [number, number] =>
  values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity] as const);

/** LZW of bytes, in blocks of at most 255 bytes, with the empty one at the end. */
function compressed(indices: Uint8Array): Uint8Array {
  const clear = 256;
  /** Code of a code and a byte behind it; 0 for none. */
  const table = new Uint16Array(4096 * 256);
  const packed = new Uint8Array(indices.length * 2 + 16);
  let [end, held, bits, width, next] = [0, 0, 0, 9, clear + 2];
  const put = (code: number) => {
    held |= code << bits;
    for (bits += width; bits >= 8; bits -= 8, held >>>= 8) packed[end++] = held & 255;
  };
  put(clear);
  let prefix = indices[0] ?? 0;
  for (let at = 1; at < indices.length; at++) {
    const key = prefix * 256 + (indices[at] ?? 0);
    const known = table[key] ?? 0;
    if (known > 0) {
      prefix = known;
      continue;
    }
    put(prefix);
    prefix = indices[at] ?? 0;
    if (next === 4096) {
      put(clear);
      table.fill(0);
      [width, next] = [9, clear + 2];
      continue;
    }
    table[key] = next;
    if (next === 1 << width) width++;
    next++;
  }
  put(prefix);
  put(clear + 1);
  if (bits > 0) packed[end++] = held & 255;
  const blocks: Uint8Array[] = [];
  for (let from = 0; from < end; from += 255) {
    const block = packed.subarray(from, Math.min(end, from + 255));
    blocks.push(Uint8Array.of(block.length), block);
  }
  return joined([...blocks, Uint8Array.of(0)]);
}
