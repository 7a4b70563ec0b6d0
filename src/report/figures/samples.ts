/** Draws what each method generates over the data and its truth, in the plane. One seed at a time, chosen in the page. */

import type { Truth } from '../../datasets/data-kind.ts';
import { truth } from '../../summary/palette.ts';
import { pathText } from '../../summary/spec-text.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { figureOf, panels, type Row, samplesNote, spacing } from './chart.ts';
import { cell, hasRows, isInside, lists, placeIn, type Region, regionOf, rowsOf, truthLayers } from './plane.ts';
import { type PlaneView, planeView } from './principal-plane.ts';
import { type Panels, panelsAmong, panelsWith, type SeedChoice } from './seed-choice.ts';
import { aFigureAPath, sweepsOf, valueLabel } from './sweep.ts';

/** Points of each kind in a panel: more only hide each other. */
const most = 500;
/** Diameter of a point squared, pixels. */
const dot = 9;

/** Generated points in the method's colour over real ones in grey, mode centres with 3σ discs (or the curve) around them. */
export function samplesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const chosen = panelsWith(data, hasGenerated);
  const drawn = chosen && samplePanels(chosen, layout);
  return (
    drawn &&
    figureOf({
      name: 'samples',
      section: 'samples',
      title: 'Real and generated',
      alt: `A panel for each method: generated points in colour over real ones in grey${drawn.alt}.`,
      note: `${drawn.note}${samplesNote(data)}`,
      spec: drawn.spec,
    })
  );
}

/** The same for the values of a swept parameter, the declared one called so. */
export const ablationSamplesFigures = aFigureAPath((data, layout, path) => {
  const sweeps = sweepsOf(data, path);
  const groups = sweeps.flatMap((sweep) => sweep.groups);
  const labelled = groups.map((group) => ({ ...group, label: valueLabel(data, group, path, sweeps.length) }));
  const chosen = panelsAmong(labelled.slice(0, mostValues), hasGenerated, mostSeeds);
  const drawn = chosen && samplePanels(chosen, layout);
  if (drawn === undefined) return undefined;
  const name = pathText(path, data.swept);
  const left = labelled.length > mostValues ? ` The first ${mostValues} of ${labelled.length} values.` : '';
  return figureOf({
    name: `ablation-samples-${path.replaceAll('.', '-').toLowerCase()}`,
    section: 'ablation',
    title: `Samples at each value of ${name}`,
    alt: `A panel for each value of ${name}: generated points in colour over real ones in grey${drawn.alt}.`,
    note: `${drawn.note}${left}${samplesNote(data)}`,
    spec: drawn.spec,
  });
});

/** Panels of a swept parameter, and seeds in them: every one is a thousand points. */
const mostValues = 12;
const mostSeeds = 3;

const hasGenerated = (trial: ReportTrial): boolean => hasRows(trial, 'generated');

function samplePanels({ groups, first, choice }: Panels, layout: Layout) {
  const view = planeView(first.truth, groups.flatMap(choice.of));
  if (view === undefined) return undefined;
  const dataset = view.truth;
  const { columns, size } = panels(layout, groups.length, { least: 120, most: 3 });
  const region = regionOf(dataset);
  const lastRow = groups.length - columns;
  return {
    alt: dataset.modes ? ', with the 3σ disc of every mode' : ', along the curve',
    note: `Up to ${most} points of each kind; grey: real, colour: generated${truthWords(dataset)}. What lies outside the frame is counted in its corner.${view.caption}${choice.omitted}`,
    spec: {
      params: choice.params,
      datasets: { real: realRows(groups, choice, region, view) },
      concat: groups.map((group, index) => ({
        title: { text: group.label, anchor: 'middle' as const },
        width: size,
        height: size,
        layer: panelLayers(group, choice, view, size, { left: index % columns === 0, bottom: index >= lastRow }),
      })),
      columns,
      bounds: 'flush' as const,
      spacing: { column: spacing, row: 30 },
    },
  };
}

/** What the circles are, for a note. */
export const truthWords = ({ modes }: Truth): string =>
  modes
    ? `; ${modes.factors ? 'ellipses' : 'circles'}: 3σ around the centres of the modes, within which a sample is of high quality`
    : '';

/** A row a trial, its generated points within the region as lists, and the share outside it in words. */
export function generatedRows(
  group: Group,
  choice: Pick<SeedChoice, 'of'>,
  region: Region,
  points: number,
  view: PlaneView,
): (Row & { seed: number; outside: string })[] {
  return choice.of(group).flatMap(({ seed, samples: table }) => {
    if (table === undefined) return [];
    const samples = view.see(table);
    const rows = rowsOf(samples, 'generated', points);
    const within = rows.filter((row) => isInside(region, cell(samples, 'x0', row), cell(samples, 'x1', row)));
    const outside = 100 * (1 - within.length / rows.length);
    const words = outside === 0 ? '' : `${outside < 1 ? '< 1' : outside.toFixed(0)} % outside`;
    // a panel without a single row would not be there at all: a point that is none keeps it
    const inside = within.length > 0 ? lists(samples, within, { x: 'x0', y: 'x1' }) : { x: [null], y: [null] };
    return [{ group: group.label, seed, outside: words, ...inside }];
  });
}

/** A row a seed: what is real is the same for all methods of a seed. */
function realRows(groups: readonly Group[], choice: SeedChoice, region: Region, view: PlaneView): Row[] {
  return choice.seeds.flatMap((seed) => {
    const trials = groups.flatMap((group) => choice.of(group));
    const table = trials.find((trial) => trial.seed === seed && hasRows(trial, 'real'))?.samples;
    if (table === undefined) return [];
    const samples = view.see(table);
    const rows = rowsOf(samples, 'real', most);
    const within = rows.filter((row) => isInside(region, cell(samples, 'x0', row), cell(samples, 'x1', row)));
    return [{ seed, ...lists(samples, within, { x: 'x0', y: 'x1' }) }];
  });
}

/** Real points, the truth, the generated points, and how many of them lie outside. Axes are labelled at the figure's edge. */
function panelLayers(
  group: Group,
  choice: SeedChoice,
  view: PlaneView,
  size: number,
  edge: { left: boolean; bottom: boolean },
) {
  const dataset = view.truth;
  const region = regionOf(dataset);
  const { x, y } = placeIn(region);
  const position = {
    x: { ...x, axis: { title: null, tickCount: 5, labels: edge.bottom, ticks: edge.bottom } },
    y: { ...y, axis: { title: null, tickCount: 5, labels: edge.left, ticks: edge.left } },
  };
  const rows = generatedRows(group, choice, region, most, view);
  return [
    {
      data: { name: 'real' },
      transform: [...choice.filter, { flatten: ['x', 'y'] }],
      mark: { type: 'circle' as const, size: dot, color: truth, fillOpacity: 0.5, clip: true },
      encoding: position,
    },
    ...truthLayers(dataset, region, size, position),
    {
      data: { values: rows },
      transform: [...choice.filter, { flatten: ['x', 'y'] }],
      mark: { type: 'circle' as const, size: dot, color: group.colour, fillOpacity: 0.75, clip: true },
      encoding: {
        ...position,
        tooltip: [
          { field: 'group', type: 'nominal' as const, title: 'method' },
          { field: 'seed', type: 'quantitative' as const },
          { field: 'x', type: 'quantitative' as const },
          { field: 'y', type: 'quantitative' as const },
        ],
      },
    },
    {
      data: { values: rows.map(({ seed, outside }) => ({ seed, outside })) },
      transform: choice.filter,
      mark: { type: 'text' as const, align: 'left' as const, baseline: 'top' as const, dx: 4, dy: 4, fontSize: 11 },
      encoding: { x: { value: 0 }, y: { value: 0 }, text: { field: 'outside', type: 'nominal' as const } },
    },
  ];
}
