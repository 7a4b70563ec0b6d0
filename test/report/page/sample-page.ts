/** A page with a figure that has a slider, a select and a tooltip, and with two films: what the page's script has to get right. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../../src/report/figure.ts';
import { pageOf } from '../../../src/report/page/page.ts';
import { drawFigure } from '../../../src/report/render.ts';
import { ink } from '../../../src/summary/palette.ts';
import { groupRow, tableColumns } from '../../../src/summary/summarise.ts';
import { loadReport, sampleRecords, storeOf } from '../sample-store.ts';

const values = Array.from({ length: 40 }, (_, row) => ({
  x: row % 10,
  y: row,
  step: Math.floor(row / 10),
  method: row % 2 === 0 ? 'gan' : 'bigan',
}));

const figureOf = (width: number): Figure => ({
  name: 'moving',
  section: 'learning',
  title: 'A figure <b>that</b> moves',
  alt: 'Points that depend on a slider and on a chosen method.',
  spec: {
    width,
    height: 200,
    data: { values },
    params: [
      { name: 'step', value: 0, bind: { input: 'range', min: 0, max: 3, step: 1, name: 'step' } },
      { name: 'method', value: 'gan', bind: { input: 'select', options: ['gan', 'bigan'], name: 'method' } },
    ],
    transform: [{ filter: 'datum.step === step && datum.method === method' }],
    mark: { type: 'point', filled: true, size: 200, color: ink },
    encoding: {
      x: { field: 'x', type: 'quantitative' },
      y: { field: 'y', type: 'quantitative', scale: { domain: [0, 40] } },
      tooltip: [{ field: 'y', type: 'quantitative', title: 'height' }],
    },
  },
});

/** As films are: moved by the clock of the page. */
const filmOf = (name: string, size: number): Figure => ({
  name,
  section: 'films',
  title: `A film, ${name}`,
  alt: 'A bar whose length is the frame, and the step in words.',
  spec: {
    usermeta: { clock: [0, 5, 20, 45] },
    width: size,
    height: 40,
    data: { values },
    params: [
      { name: 'frame', value: 3, bind: { input: 'range', min: 0, max: 3, step: 1, name: 'frame ' } },
      {
        name: 'chosenSeed',
        value: 0,
        bind: { input: 'select', options: name === 'second' ? [0, 2] : [0, 1, 2], name: 'seed ' },
      },
    ],
    title: { text: { expr: "'frame ' + frame + ', seed ' + chosenSeed" } },
    transform: [{ filter: 'datum.step === frame' }],
    mark: 'bar',
    encoding: { x: { aggregate: 'count', type: 'quantitative' } },
  },
});

/** Writes the page, and the store that it is of, into a folder; gives its path. */
export async function samplePage(folder: string): Promise<string> {
  const data = await loadReport(await storeOf(sampleRecords(), join(folder, 'store')), 'grid25');
  const metrics = tableColumns(data.groups);
  const figure = figureOf(800);
  const layouts = [
    [figure, figureOf(260)],
    [filmOf('first', 700), filmOf('first', 240)],
    [filmOf('second', 700), filmOf('second', 240)],
  ] as const;
  const compiled = await Promise.all(
    layouts.map(async ([large, small]) => ({
      name: large.name,
      wide: (await drawFigure(large)).layout,
      narrow: (await drawFigure(small)).layout,
    })),
  );
  const rows = data.groups.map((group) => groupRow(group));
  const parts = {
    data,
    rows,
    metrics,
    verdicts: [],
    figures: layouts.map(([large]) => large),
    compiled,
    assets: [],
    command: 'npm run report',
    expOptions: [],
  };
  const path = join(folder, 'index.html');
  writeFileSync(path, pageOf(parts));
  return path;
}
