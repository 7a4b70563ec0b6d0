/** What each method generates, over the data and its truth: for data in the plane. One seed at a time, chosen in the page. */
import type { Dataset } from '../../datasets/dataset.ts';
import { makeDataset } from '../../datasets/make-dataset.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../load.ts';
import { truth } from '../palette.ts';
import { colourScale, compared, figureOf, labelsOf, panels, type Row, settingsNote, spacing } from './chart.ts';
import {
  cell,
  hasRows,
  inside,
  isInside,
  lists,
  placeIn,
  type Region,
  regionOf,
  rowsOf,
  truthLayers,
} from './plane.ts';
import { type SeedChoice, seedChoice } from './seed-choice.ts';

/** Points of each kind in a panel: more only hide each other. */
const most = 500;

/** Generated points in the method's colour over real ones in grey, mode centres with 3σ discs (or the curve) around them. */
export function samplesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const groups = main.filter(({ trials }) => trials.some((trial) => hasRows(trial, 'generated')));
  const [first] = groups;
  const dataset = first && makeDataset(first.spec.data);
  if (dataset?.dim !== 2) return undefined;
  const choice = seedChoice(groups, (trial) => hasRows(trial, 'generated'));
  const { columns, size } = panels(layout, groups.length, { least: 120, most: 3 });
  return figureOf({
    name: 'samples',
    section: 'samples',
    title: 'Real and generated',
    alt: `A panel for each method: generated points in colour over real ones in grey${dataset.modes ? ', with the 3σ disc of every mode' : ', along the curve'}.`,
    note: `Up to ${most} points of each kind; grey: real, colour: generated${truthWords(dataset)}. What lies outside the frame is counted in its corner.${choice.omitted}${settingsNote(data)}`,
    spec: {
      params: choice.params,
      data: { values: generatedRows(groups, choice, regionOf(dataset), most) },
      facet: { field: 'group', type: 'nominal', sort: labelsOf(groups), header: { title: null } },
      columns,
      spacing,
      spec: {
        width: size,
        height: size,
        layer: sampleLayers(groups, choice, dataset, { size, points: most, dot: 9 }),
      },
    },
  });
}

/** What the circles are, for a note. */
export const truthWords = ({ modes }: Dataset): string =>
  modes ? '; circles: 3σ around the centres of the modes, within which a sample is of high quality' : '';

/** A row a trial, its generated points within the region as lists, and the share outside it in words. */
export function generatedRows(
  groups: readonly Group[],
  choice: Pick<SeedChoice, 'of'>,
  region: Region,
  points: number,
): Row[] {
  return groups.flatMap((group) =>
    choice.of(group).flatMap(({ seed, samples }) => {
      if (samples === undefined) return [];
      const rows = rowsOf(samples, 'generated', points);
      const within = rows.filter((row) => isInside(region, cell(samples, 'x0', row), cell(samples, 'x1', row)));
      const outside = 100 * (1 - within.length / rows.length);
      const words = outside === 0 ? '' : `${outside < 1 ? '< 1' : outside.toFixed(0)} % outside`;
      return [{ group: group.label, seed, outside: words, ...lists(samples, within, { x: 'x0', y: 'x1' }) }];
    }),
  );
}

/**
 * Says in a panel's corner how much lies outside. It also keeps the panel of a trial that has no point inside: Vega-Lite
 * drops panels whose only layer has no rows.
 */
export function outsideLayer(filter: SeedChoice['filter'], fontSize: number) {
  return {
    transform: filter,
    mark: { type: 'text' as const, align: 'left' as const, baseline: 'top' as const, dx: 4, dy: 4, fontSize },
    encoding: { x: { value: 0 }, y: { value: 0 }, text: { field: 'outside', type: 'nominal' as const } },
  };
}

/** A row a seed: what is real is the same for all methods of a seed. */
function realRows(groups: readonly Group[], choice: SeedChoice, points: number): Row[] {
  return choice.seeds.flatMap((seed) => {
    const trials = groups.flatMap((group) => choice.of(group));
    const samples = trials.find((trial) => trial.seed === seed && hasRows(trial, 'real'))?.samples;
    if (samples === undefined) return [];
    return [{ seed, ...lists(samples, rowsOf(samples, 'real', points), { x: 'x0', y: 'x1' }) }];
  });
}

/** Layers of one panel: real points, the truth, the generated points of the panel's own data. */
function sampleLayers(
  groups: readonly Group[],
  choice: SeedChoice,
  dataset: Dataset,
  { size, points, dot }: { size: number; points: number; dot: number },
) {
  const region = regionOf(dataset);
  const position = placeIn(region);
  return [
    {
      data: { values: realRows(groups, choice, points) },
      transform: [...choice.filter, { flatten: ['x', 'y'] }, inside(region)],
      mark: { type: 'circle' as const, size: dot, color: truth, fillOpacity: 0.5, clip: true },
      encoding: position,
    },
    ...truthLayers(dataset, region, size, position),
    {
      transform: [...choice.filter, { flatten: ['x', 'y'] }],
      mark: { type: 'circle' as const, size: dot, fillOpacity: 0.75, clip: true },
      encoding: {
        ...position,
        color: { field: 'group', type: 'nominal' as const, scale: colourScale(groups), legend: null },
        tooltip: [
          { field: 'group', type: 'nominal' as const, title: 'method' },
          { field: 'seed', type: 'quantitative' as const },
          { field: 'x', type: 'quantitative' as const },
          { field: 'y', type: 'quantitative' as const },
        ],
      },
    },
    outsideLayer(choice.filter, 11),
  ];
}
