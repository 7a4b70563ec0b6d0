/** What each method generates, over the data and its truth: for data in the plane. One seed at a time, chosen in the page. */
import { makeDataset } from '../../datasets/make-dataset.ts';
import type { Figure, Layout } from '../figure.ts';
import type { ReportData, ReportTrial } from '../load.ts';
import { truth } from '../palette.ts';
import { colourScale, figureOf, labelsOf, panels, type Row, rounded } from './chart.ts';
import { cell, regionOf, rowsOf, truthLayers, withSamples } from './plane.ts';
import { seedChoice } from './seed-choice.ts';

/** Points of each kind in a panel: more only hide each other. */
const most = 500;

/** Generated points in the method's colour over real ones in grey, mode centres with 3σ discs (or the curve) around them. */
export function samplesFigure({ main }: ReportData, layout: Layout): Figure | undefined {
  const groups = main.filter(({ trials }) => withSamples(trials).some((trial) => rowsOf(trial.samples, 'generated', 1).length > 0));
  const [first] = groups;
  if (first === undefined) return undefined;
  const dataset = makeDataset(first.spec.data);
  if (dataset.dim !== 2) return undefined;
  const choice = seedChoice(groups, ({ samples }) => rowsOf(samples, 'generated', 1).length > 0);
  const region = regionOf(dataset);
  const { columns, size } = panels(layout, groups.length, { least: 130, most: 3 });
  const rows = groups.flatMap((group) =>
    choice.of(group).flatMap((trial) => [...pointsOf(group.label, trial, 'real'), ...pointsOf(group.label, trial, 'generated')]),
  );
  const x = { field: 'x', type: 'quantitative' as const, scale: { domain: region.x, nice: false }, axis: { title: null, tickCount: 5 } };
  const y = { field: 'y', type: 'quantitative' as const, scale: { domain: region.y, nice: false }, axis: { title: null, tickCount: 5 } };
  return figureOf({
    name: 'samples',
    section: 'samples',
    title: 'Real and generated',
    alt: `A panel for each method: generated points in colour over real ones in grey${dataset.modes ? ', with the 3σ disc of every mode' : ''}.`,
    note: `Up to ${most} points of each kind; grey: real, colour: generated${dataset.modes ? '; circles: 3σ around the centres of the modes, within which a sample is of high quality' : ''}. Points outside the frame are not shown.${choice.omitted}`,
    spec: {
      params: choice.params,
      data: { values: rows },
      facet: { field: 'group', type: 'nominal', sort: labelsOf(groups), header: { title: null } },
      columns,
      spacing: 16,
      spec: {
        width: size,
        height: size,
        layer: [
          {
            transform: [...choice.filter, { filter: "datum.set === 'real'" }],
            mark: { type: 'circle', size: 7, color: truth, opacity: 0.55, clip: true },
            encoding: { x, y },
          },
          ...truthLayers(dataset, region, size),
          {
            transform: [...choice.filter, { filter: "datum.set === 'generated'" }],
            mark: { type: 'circle', size: 9, opacity: 0.75, clip: true },
            encoding: {
              x,
              y,
              color: { field: 'group', type: 'nominal', scale: colourScale(groups), legend: null },
              tooltip: [
                { field: 'group', type: 'nominal', title: 'method' },
                { field: 'seed', type: 'quantitative' },
                { field: 'x', type: 'quantitative' },
                { field: 'y', type: 'quantitative' },
                { field: 'mode', type: 'quantitative', title: 'nearest mode' },
              ],
            },
          },
        ],
      },
    },
  });
}

function pointsOf(group: string, { seed, samples }: ReportTrial, set: 'real' | 'generated'): Row[] {
  if (samples === undefined) return [];
  return rowsOf(samples, set, most).map((index) => ({
    group,
    seed,
    set,
    x: rounded(cell(samples, 'x0', index)),
    y: rounded(cell(samples, 'x1', index)),
    ...(set === 'generated' && { mode: rounded(cell(samples, 'mode', index)) }),
  }));
}
