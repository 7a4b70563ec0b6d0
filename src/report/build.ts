/**
 * Builds a report's files from its data: page, figures, tables. The same data gives the same bytes. Reads nothing but what the
 * data holds; knows no command line.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../base/one-line.ts';
import { removeLeftovers, writeWhole } from '../disk/files.ts';
import { groupRow, tableColumns } from '../summary/summarise.ts';
import { type Verdict, verdicts } from '../summary/verdict.ts';
import { compareStores } from './against.ts';
import { assetMakers, figureMakers } from './catalogue.ts';
import { type Asset, type Figure, narrow, wide } from './figure.ts';
import { figureFiles, removeOldFigures, writeFigure } from './figure-files.ts';
import { withSheets } from './figures/picture-sheets.ts';
import { simulatedWord } from './judging.ts';
import { againstSection } from './page/against.ts';
import { pageOf } from './page/page.ts';
import type { CompiledFigure } from './page/payload.ts';
import { drawFigure } from './render.ts';
import type { ReportData } from './report-data.ts';
import { tableCsv, tableMd } from './tables.ts';

export interface BuildOptions {
  /** Folder of the reports; the experiment's is made in it. */
  readonly out: string;
  /** What was typed, to stand on the page. */
  readonly command: string;
  /** Options that `exp` needs to fill the same store (where it lies); none for the usual place. */
  readonly expOptions?: readonly string[];
  /** The same experiment in another store, and how that one was named. */
  readonly against?: { readonly data: ReportData; readonly store: string };
}

export interface Built {
  readonly folder: string;
  /** Path of the page. */
  readonly page: string;
  readonly figures: readonly Figure[];
  readonly verdicts: readonly Verdict[];
  /** A line for each figure that could not be drawn: a fault of ours. */
  readonly faults: readonly string[];
}

/** Writes `<out>/<experiment>/`. Figures of an earlier report that this one does not have are removed from it. */
export async function buildReport(
  loaded: ReportData,
  { out, command, expOptions = [], against }: BuildOptions,
): Promise<Built> {
  const folder = join(out, loaded.experiment);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const data = await withSheets(loaded);
  const figures: Figure[] = [];
  const compiled: CompiledFigure[] = [];
  const faults: string[] = [];
  for (const make of figureMakers) {
    let name = make.name;
    try {
      const made = make(data, wide);
      if (made === undefined) continue;
      const figure = labelled(made, data);
      name = figure.name;
      if (figures.some((other) => other.name === name)) throw new Error('internal: there are two figures of that name');
      const small = make(data, narrow) ?? figure;
      const drawn = await drawFigure(figure);
      const phone = await drawFigure({ ...small, alt: figure.alt });
      await writeFigure(folder, figure, drawn.svg);
      figures.push(figure);
      compiled.push({ name, wide: drawn.layout, narrow: phone.layout });
    } catch (error) {
      // Data that nobody thought of cost the report one figure, and the command its exit code, not all the rest.
      faults.push(`figure ${name}: ${messageOf(error)}`);
    }
  }
  const metrics = tableColumns(data.groups, data.columns);
  const rows = data.groups.map((group) => groupRow(group));
  const judged = verdicts(data);
  const assets: Asset[] = [];
  for (const make of assetMakers) assets.push(...(await make(data)));
  const page = pageOf({
    data,
    rows,
    metrics,
    verdicts: judged,
    figures,
    compiled,
    assets,
    command,
    expOptions,
    ...(against && { against: againstSection(compareStores(data, against.data), against.store) }),
  });
  const path = join(folder, 'index.html');
  await writeWhole(join(folder, 'table.csv'), tableCsv(data, rows, metrics));
  await writeWhole(join(folder, 'table.md'), tableMd(data, rows, metrics));
  for (const { name, bytes } of assets) await writeWhole(join(folder, name), bytes);
  const made = [...figures.flatMap(({ name }) => figureFiles(name)), ...assets.map(({ name }) => name)];
  await removeOldFigures(folder, new Set(made));
  await writeWhole(path, page);
  return { folder, page: path, figures, verdicts: judged, faults };
}

/** Whoever meets a figure alone should know that its data were made by code. */
function labelled(figure: Figure, data: ReportData): Figure {
  const word = simulatedWord(data);
  if (word === '') return figure;
  const { title, alt, note } = figure;
  const says = ` The data are ${word}.`;
  return { ...figure, title: `${title} (${word} data)`, alt: alt + says, note: (note ?? alt) + says };
}
