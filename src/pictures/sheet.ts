/** Lays pictures out on a sheet and encodes it as PNG. */
import type { Points } from '../base/points.ts';

export interface SheetOptions {
  /** Pictures in a row. */
  readonly columns: number;
  /** Small pictures are enlarged without smoothing until their side is about this many pixels; default: 64. */
  readonly side?: number;
}

/** White pixels around every picture of a sheet. */
const gap = 2;

/** Where pictures of `[h, w]` stand on a sheet. */
export function sheetLayout([h = 1, w = 1]: readonly number[], side = 64) {
  const factor = Math.max(1, Math.round(side / Math.max(h, w)));
  const [cellHeight, cellWidth] = [h * factor + gap, w * factor + gap];
  return {
    /** How often each pixel of a picture stands beside itself, across and down. */
    factor,
    /** Pixels of a sheet. */
    sizeOf: (columns: number, rows: number) => ({ width: columns * cellWidth + gap, height: rows * cellHeight + gap }),
    /** Pictures on a sheet of so many pixels; no whole numbers where it is no such sheet. */
    gridOf: ({ width, height }: { readonly width: number; readonly height: number }) => ({
      columns: (width - gap) / cellWidth,
      rows: (height - gap) / cellHeight,
    }),
    topOf: (row: number) => gap + row * cellHeight,
    leftOf: (column: number) => gap + column * cellWidth,
  };
}

/** Pixels of `pictures` (`[count, h, w, channels]`, NHWC in [−1, 1]) as RGB rows with white gaps. */
export function sheetPixels(
  { values, count, dim }: Points,
  shape: readonly number[],
  { columns, side }: SheetOptions,
): { readonly data: Uint8Array; readonly width: number; readonly height: number } {
  const [h = 1, w = 1, channels = 1] = shape;
  const { factor, sizeOf, topOf, leftOf } = sheetLayout(shape, side);
  const { width, height } = sizeOf(Math.min(columns, count), Math.ceil(count / columns));
  const data = new Uint8Array(width * height * 3).fill(255);
  for (let picture = 0; picture < count; picture++) {
    const [top, left] = [topOf(Math.floor(picture / columns)), leftOf(picture % columns)];
    for (let y = 0; y < h * factor; y++) {
      for (let x = 0; x < w * factor; x++) {
        const from = picture * dim + (Math.floor(y / factor) * w + Math.floor(x / factor)) * channels;
        const to = ((top + y) * width + left + x) * 3;
        for (let c = 0; c < 3; c++) data[to + c] = byteOf(values[from + Math.min(c, channels - 1)] as number);
      }
    }
  }
  return { data, width, height };
}

export async function sheetPng(pictures: Points, shape: readonly number[], options: SheetOptions): Promise<Uint8Array> {
  const { data, width, height } = sheetPixels(pictures, shape, options);
  const { default: sharp } = await import('sharp'); // here, because most processes draw no picture
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ palette: false })
    .toBuffer();
}

/** [−1, 1] → 0 … 255; what is not a number is black. */
export const byteOf = (value: number): number => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5))) || 0;

/** Alternates rows: a row of `above`, then the corresponding row of `below`. */
export const alternating = (above: Points, below: Points, columns: number): Points =>
  interleaved([above, below], columns);

/** Interleaves rows: a row of each set in turn, then the next row of each. All pictures have one size. */
export function interleaved(sets: readonly Points[], columns: number): Points {
  const rows = Math.ceil(Math.min(...sets.map(({ count }) => count)) / columns);
  const dim = sets[0]?.dim ?? 0;
  const values = new Float32Array(sets.length * rows * columns * dim).fill(1); // white where the last row is short
  for (let row = 0; row < rows; row++) {
    for (const [offset, of] of sets.entries()) {
      const part = of.values.subarray(row * columns * dim, Math.min(of.count, (row + 1) * columns) * dim);
      values.set(part, (sets.length * row + offset) * columns * dim);
    }
  }
  return { values, count: sets.length * rows * columns, dim };
}
