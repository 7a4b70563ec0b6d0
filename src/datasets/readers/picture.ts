/** Decodes one picture file with sharp to RGB bytes of a square, cropped or squeezed, and resized. */
import sharp from 'sharp';
import { inLine } from '../../base/one-line.ts';

/** How a picture becomes a square. */
export type Fit =
  /** The largest square in its middle. */
  | { readonly kind: 'centre' }
  /** The whole picture, its proportions given up: of a fixed camera's frame every part matters. */
  | { readonly kind: 'squeeze' }
  /** A square of `side` in the middle of pictures that are all of `width × height`; others are refused. */
  | { readonly kind: 'crop'; readonly width: number; readonly height: number; readonly side: number };

/** What photographs come in. SVG and PDF, which sharp can read too, are programs rather than pictures. */
const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'avif', 'jp2', 'jxl'];

/** Pixels that a file may declare: a small file can unpack to anything. */
const mostPixels = 50_000_000;

/**
 * `[size, size, 3]` bytes of sRGB: turned as its EXIF says, transparency on white, the first frame of an animation.
 *
 * @throws Error of a few words, without the file's name, where the file is no picture, damaged, or cut short.
 */
export async function readPicture(file: Uint8Array, fit: Fit, size: number): Promise<Uint8Array> {
  try {
    const picture = sharp(file, { failOn: 'error', limitInputPixels: mostPixels, autoOrient: true });
    const { format, autoOrient } = await picture.metadata();
    if (!formats.includes(format)) throw new Error('not a photograph');
    const { width, height } = autoOrient;
    if (width * height > mostPixels) throw new Error(`${width} × ${height} pixels`);
    if (fit.kind === 'crop' && (width !== fit.width || height !== fit.height))
      throw new Error(`${width} × ${height} pixels, not ${fit.width} × ${fit.height}`);
    if (fit.kind !== 'squeeze') {
      // Cut first: a square that is cut after resizing has a rim of what lay beside it.
      const side = fit.kind === 'crop' ? fit.side : Math.min(width, height);
      const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
      picture.extract({ left, top, width: side, height: side });
    }
    const { data, info } = await picture
      .resize(size, size, { fit: 'fill', fastShrinkOnLoad: false })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1 && info.channels !== 3) throw new Error(`${info.channels} channels`);
    return info.channels === 1 ? inThreeChannels(data) : data;
  } catch (error) {
    throw new Error(inFewWords(error), { cause: error });
  }
}

function inThreeChannels(grey: Uint8Array): Uint8Array {
  const colour = new Uint8Array(3 * grey.length);
  for (let i = 0; i < grey.length; i++) colour.fill(grey[i] as number, 3 * i, 3 * i + 3);
  return colour;
}

function inFewWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (/unsupported image format|empty/i.test(said)) return 'not a picture';
  return inLine((said.trim().split('\n')[0] ?? '').replace(/^Input buffer: ?/, ''), 100) || 'unreadable';
}
