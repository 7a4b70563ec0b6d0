/** Cuts a trial's sheets of pictures for a page: the first few pictures, at their own resolution, in one small file. */
import sharp, { type Sharp } from 'sharp';
import { sheetLayout } from '../pictures/sheet.ts';

/** The sheets that a trial on pictures leaves, by their files' names without `.png`. */
export type SheetName = 'data' | 'samples' | 'reconstructions' | 'rarest-modes';

export interface Sheet {
  /** Data URI of a PNG or JPEG: `columns × rows` pictures side by side, no gaps. */
  readonly uri: string;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the page along a picture's side: a whole multiple of the picture's own, so that it stays crisp. */
  readonly side: number;
}

/** Larger pictures are made smaller for the page. */
const largest = 64;
/** A small picture is shown at about this many pixels. */
const wanted = 56;
/** Room for a sheet on the page: three stand beside each other. */
const room = 284;
/** About so many pictures are shown. */
const shown = 24;
/** Bytes of a PNG above which a JPEG takes its place. */
const most = 40_000;

/**
 * The first pictures of a sheet of squares of `size` pixels, as src/trial writes them.
 *
 * @throws Error of one line where the picture cannot be read, or is no such sheet.
 */
export async function cutSheet(png: Uint8Array, size: number): Promise<Sheet> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { columns: across, rows: down } = sheetLayout([size, size]).gridOf(info);
  if (!Number.isInteger(across) || !Number.isInteger(down) || across < 1 || down < 1)
    throw new Error(`expected a sheet of pictures of ${size} × ${size}, got ${info.width} × ${info.height} pixels`);
  const by = Math.ceil(size / largest);
  const small = Math.round(size / by);
  const side = small * Math.max(1, Math.round(wanted / small));
  const columns = Math.min(across, Math.max(1, Math.floor(room / side)));
  const rows = Math.min(down, evenly(shown / columns));
  const pixels = cut(data, info.width, { size, columns, rows });
  const raw = { width: columns * size, height: rows * size, channels: 3 } as const;
  const whole = sharp(pixels, { raw }).resize(columns * small, rows * small);
  return { uri: await uriOf(isGrey(pixels) ? whole.toColourspace('b-w') : whole), columns, rows, side };
}

/** A whole number of pairs of rows: sheets of reconstructions and of rare modes have the originals in every other row. */
const evenly = (rows: number): number => 2 * Math.max(1, Math.round(rows / 2));

interface Cut {
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
}

function cut(data: Uint8Array, width: number, { size, columns, rows }: Cut): Uint8Array {
  const { factor, topOf, leftOf } = sheetLayout([size, size]);
  const pixels = new Uint8Array(columns * size * rows * size * 3);
  let to = 0;
  for (let y = 0; y < rows * size; y++) {
    const top = topOf(Math.floor(y / size)) + (y % size) * factor;
    for (let x = 0; x < columns * size; x++) {
      const from = (top * width + leftOf(Math.floor(x / size)) + (x % size) * factor) * 3;
      pixels[to++] = data[from] as number;
      pixels[to++] = data[from + 1] as number;
      pixels[to++] = data[from + 2] as number;
    }
  }
  return pixels;
}

function isGrey(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

async function uriOf(picture: Sharp): Promise<string> {
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  if (png.length <= most) return `data:image/png;base64,${png.toString('base64')}`;
  const jpeg = await picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
