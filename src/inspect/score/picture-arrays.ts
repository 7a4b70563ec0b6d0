/** Opens a batch of pictures as an array of bytes, as the reference batches of guided-diffusion and BigGAN's samples are: as a folder of pictures. */
import { basename } from 'node:path';
import sharp from 'sharp';
import { plural } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readNumpyFile } from '../../datasets/readers/numpy-file.ts';
import { readPicture } from '../../datasets/readers/picture.ts';
import type { PictureFolder } from './picture-folder.ts';

/** Whether a count of channels is one that pictures here have. */
const isChannels = (side: number | undefined): boolean => side === 1 || side === 3;

/**
 * @param key which of the arrays of a .npz; absent: the only one.
 * @throws UsageError for what is no array `(count, height, width, channels)` or `(count, channels, height, width)` of bytes.
 */
export async function openPictureArrays(path: string, key?: string): Promise<PictureFolder> {
  const { shape, values } = await readNumpyFile(path, key);
  const [count = 0, a = 0, b = 0, c = 0] = shape;
  const isLast = isChannels(c);
  if (shape.length !== 4 || !(isLast || isChannels(a)) || !(values instanceof Uint8Array) || count === 0)
    throw new UsageError(
      `${path}: expected pictures as uint8 (count, height, width, channels), 1 channel or 3, got ${values instanceof Uint8Array ? 'uint8' : 'other numbers'} of (${shape.join(', ')})`,
    );
  const [height, width, channels] = isLast ? [a, b, c] : [b, c, a];
  const files = Array.from({ length: count }, (_, index) => String(index));
  const rgbOf = (index: number): Uint8Array => {
    const start = index * height * width * channels;
    return Uint8Array.from({ length: 3 * height * width }, (_, at) => {
      const [place, channel] = [Math.floor(at / 3), Math.min(at % 3, channels - 1)];
      return values[start + (isLast ? place * channels + channel : channel * height * width + place)] as number;
    });
  };
  return {
    path,
    name: basename(path),
    says: `${plural(count, 'picture')} in an array`,
    files,
    first: `picture 0, ${width} × ${height}`,
    ...(width === height && { side: width }),
    async read(file, size) {
      const rgb = rgbOf(Number(file));
      const sides = [width, height] as const;
      if (width === size && height === size) return { pixels: rgb, sides };
      const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      return { pixels: await readPicture(png, { kind: 'centre' }, size), sides };
    },
  };
}
