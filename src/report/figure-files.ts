/** Writes figures beside a page, as Vega-Lite, SVG and PNG, and removes those of an earlier report. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, writeWhole } from '../disk/files.ts';
import type { Figure } from './figure.ts';
import { pngOf } from './render.ts';

const endings = ['.vl.json', '.svg', '.png'] as const;
/** Of a figure that moves. */
const film = '.gif';

/** The files of a figure. */
export const figureFiles = (name: string): string[] => endings.map((ending) => name + ending);

/** Rows of data stay on one line each: readable, and a third of the size that one number a line has. */
const innermostOnALine = (json: string): string =>
  json.replace(/[[{][^[\]{}]*[\]}]/g, (innermost) => innermost.replace(/\s*\n\s*/g, ' '));

export async function writeFigure(folder: string, { name, spec }: Figure, svg: string): Promise<void> {
  const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
  const text = `${innermostOnALine(JSON.stringify({ $schema: schema, ...spec }, undefined, 1))}\n`;
  await writeWhole(join(folder, `${name}.vl.json`), text);
  await writeWhole(join(folder, `${name}.svg`), `${svg}\n`);
  await writeWhole(join(folder, `${name}.png`), pngOf(svg));
}

/** A figure's own files in a folder, recognised by its spec; whatever else lies there is somebody else's. */
export async function removeOldFigures(folder: string, made: ReadonlySet<string>): Promise<void> {
  const [mark] = endings;
  for (const file of await namesIn(folder)) {
    if (!file.endsWith(mark)) continue;
    const name = file.slice(0, -mark.length);
    for (const ending of [...endings, film]) {
      if (!made.has(name + ending)) await rm(join(folder, name + ending), { force: true });
    }
  }
}
