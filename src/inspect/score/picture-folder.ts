/** Opens a folder of picture files: their names, their size, and each as RGB bytes. */
import { basename } from 'node:path';
import sharp from 'sharp';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readPicture } from '../../datasets/readers/picture.ts';
import { openPictureFolder, openPictureZip } from '../../datasets/readers/picture-files.ts';

export interface PictureFolder {
  readonly path: string;
  readonly name: string;
  /** What it is, in a few words. */
  readonly says: string;
  /** All its files and those of its folders, sorted; not all of them need be pictures. */
  readonly files: readonly string[];
  /** Side of its first picture, where that is a square. */
  readonly side?: number;
  /** Its first picture, as `a.png, 64 × 48`. */
  readonly first: string;
  /** RGB bytes `[size, size, 3]`, and the sides that the file has. Throws an Error of a few words. */
  read(file: string, size: number): Promise<{ pixels: Uint8Array; sides: readonly [width: number, height: number] }>;
}

/** Of a smallest picture: enough to know that a file is one. */
const thumb = 4;

/** @param path of a folder, or of a zip. @throws UsageError of one line where there are no pictures, or trials. */
export async function openFolder(path: string): Promise<PictureFolder> {
  const isZip = path.toLowerCase().endsWith('.zip');
  const folder = isZip ? await openPictureZip(path, true) : await openPictureFolder(path, true);
  const files = [...folder.names].sort();
  const trial = files.find((file) => basename(file) === 'trial.json');
  if (trial !== undefined)
    throw new UsageError(
      `${path}: holds trials; expected the folder of one, as ${path}/${trial.replace(/.trial\.json$/, '')}`,
    );
  const read: PictureFolder['read'] = async (file, size) => {
    const bytes = await folder.read(file);
    const pixels = await readPicture(bytes, { kind: 'centre' }, size);
    const { autoOrient } = await sharp(bytes).metadata();
    return { pixels, sides: [autoOrient.width, autoOrient.height] };
  };
  for (const file of files) {
    const found = await read(file, thumb).catch(() => undefined);
    if (found === undefined) continue;
    const [width, height] = found.sides;
    const first = `${file}, ${width} × ${height}`;
    const says = `a ${isZip ? 'zip' : 'folder'} of ${countText(files.length)} files`;
    return { path, name: basename(path), says, files, first, ...(width === height && { side: width }), read };
  }
  const has = files.length === 0 ? 'it is empty' : `no picture among its files, ${files.length} of them`;
  throw new UsageError(`${path}: expected a trial's folder (it has no trial.json) or a folder of pictures (${has})`);
}
