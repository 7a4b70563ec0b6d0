/** Puts names beside the rows and above the columns of a sheet of pictures, whose pixels stay as they are. */
import sharp from 'sharp';
import { pngOf } from '../../report/render.ts';
import { font, fontSize } from '../../report/theme.ts';
import { ink } from '../../summary/palette.ts';

export interface SheetLabels {
  /** From above; each stands in the middle of its share of the height. */
  readonly rows: readonly string[];
  /** From the left; none where columns have no names. */
  readonly columns?: readonly string[];
}

/** Pixels for a letter, between words and pictures, and above the pictures. */
const letter = 7;
const apart = 8;
const head = 22;

export async function labelledSheet(sheet: Uint8Array, { rows, columns = [] }: SheetLabels): Promise<Uint8Array> {
  const { width, height } = await sharp(sheet).metadata();
  const left = letter * Math.max(...rows.map((row) => row.length)) + 2 * apart;
  const top = columns.length > 0 ? head : 0;
  const beside = rows.map((row, at) =>
    textAt(row, { x: left - apart, y: top + ((at + 0.5) * height) / rows.length + 4, anchor: 'end' }),
  );
  const above = columns.map((column, at) =>
    textAt(column, { x: left + ((at + 0.5) * width) / columns.length, y: head - 7, anchor: 'middle' }),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width}" height="${top + height}">${[...beside, ...above].join('')}</svg>`;
  return sharp(pngOf(svg, 1))
    .composite([{ input: Buffer.from(sheet), left, top }])
    .removeAlpha()
    .png({ palette: false })
    .toBuffer();
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'end';
}

const textAt = (text: string, { x, y, anchor }: Place): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="${font}" font-size="${fontSize}" fill="${ink}">${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</text>`;
