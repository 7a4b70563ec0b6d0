/** Draws the samples of every seed as small multiples, a row a method and a column a seed. For data in the plane. */
import type { Figure, Layout } from '../figure.ts';
import type { ReportData } from '../report-data.ts';
import { colourScale, compared, figureOf, labelsOf, samplesNote } from './chart.ts';
import { hasRows, placeIn, regionOf, truthLayers } from './plane.ts';
import { planeView } from './principal-plane.ts';
import { generatedRows, truthWords } from './samples.ts';
import { seedChoice } from './seed-choice.ts';

const most = 200;
const gap = 6;

/** Undefined for a single seed, which the larger figure shows already. */
export function samplesBySeedFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const groups = main.filter(({ trials }) => trials.some((trial) => hasRows(trial, 'generated')));
  const [first] = groups;
  if (first === undefined) return undefined;
  const view = planeView(
    first.truth,
    groups.flatMap(({ trials }) => trials),
  );
  if (view === undefined) return undefined;
  const dataset = view.truth;
  const fitting = Math.floor((layout.width - 32) / (70 + gap));
  const choice = seedChoice(groups, (trial) => hasRows(trial, 'generated'), Math.min(8, fitting));
  if (choice.seeds.length < 2) return undefined;
  const size = Math.min(150, Math.floor((layout.width - 32) / choice.seeds.length) - gap);
  const region = regionOf(dataset);
  const bare = placeIn(region, 0);
  return figureOf({
    name: 'samples-by-seed',
    section: 'samples',
    title: 'Every seed',
    alt: 'Generated points as small multiples: a row for each method, a column for each seed.',
    note: `${most} generated points each${truthWords(dataset)}.${view.caption}${choice.omitted}${samplesNote(data)}`,
    spec: {
      data: { values: groups.flatMap((group) => generatedRows(group, choice, region, most, view)) },
      facet: {
        row: {
          field: 'group',
          type: 'nominal',
          sort: labelsOf(groups),
          header: { title: null, labelLimit: size + gap },
        },
        column: { field: 'seed', type: 'ordinal', header: { title: 'seed', labelFontWeight: 'normal' } },
      },
      spacing: gap,
      spec: {
        width: size,
        height: size,
        layer: [
          ...truthLayers(dataset, region, size, bare),
          {
            transform: [{ flatten: ['x', 'y'] }],
            mark: { type: 'circle', size: 6, fillOpacity: 0.7, clip: true },
            encoding: {
              ...bare,
              color: { field: 'group', type: 'nominal', scale: colourScale(groups), legend: null },
            },
          },
        ],
      },
    },
  });
}
