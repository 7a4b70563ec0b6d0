/** Builds the report of a search: page, figures, tables. The same search.json gives the same bytes. Knows no command line. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers, writeWhole } from '../../disk/files.ts';
import { narrow, wide } from '../figure.ts';
import { figureFiles, removeOldFigures, writeFigure } from '../figure-files.ts';
import type { CompiledFigure } from '../page/payload.ts';
import { drawFigure } from '../render.ts';
import { searchFigures } from './figures.ts';
import { searchPage } from './page.ts';
import type { SearchReport } from './search-data.ts';
import { bestJson, drawsCsv } from './tables.ts';

interface Options {
  /** Folder of the reports; the search's is made in it. */
  readonly out: string;
  /** What was typed, to stand on the page. */
  readonly command: string;
  /** Options that `exp` needs to fill the same store. */
  readonly expOptions: readonly string[];
}

/** Writes `<out>/<name>/`. @returns the page's path, and how many figures stand beside it. */
export async function buildSearchReport(
  report: SearchReport,
  { out, command, expOptions }: Options,
): Promise<{ readonly page: string; readonly figures: number }> {
  const folder = join(out, report.name);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const compiled: CompiledFigure[] = [];
  const figures = [];
  for (const [at, one] of report.searches.entries()) {
    const suffix = at === 0 ? '' : `-${at + 1}`;
    const own = searchFigures(report, one, suffix, wide);
    const small = searchFigures(report, one, suffix, narrow);
    for (const [index, figure] of own.entries()) {
      const drawn = await drawFigure(figure);
      const phone = await drawFigure(small[index] ?? figure);
      await writeFigure(folder, figure, drawn.svg);
      compiled.push({ name: figure.name, wide: drawn.layout, narrow: phone.layout });
    }
    figures.push(own);
  }
  const made = figures.flat().flatMap(({ name }) => figureFiles(name));
  await removeOldFigures(folder, new Set(made));
  await writeWhole(join(folder, 'draws.csv'), drawsCsv(report));
  await writeWhole(join(folder, 'best.json'), bestJson(report, expOptions));
  const page = join(folder, 'index.html');
  await writeWhole(page, searchPage(report, { figures, compiled, command, expOptions }));
  return { page, figures: figures.flat().length };
}
