/** Draws how much each method captures at the end, every seed a point. */
import { mean } from '../../base/statistics.ts';
import { columnInfo } from '../../summary/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { strong, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { colourScale, compared, figureOf, finals, labelsOf, type Row, rounded, settingsNote } from './chart.ts';

/** The first of these that the trials have is what capturing means for their data. */
const measures = ['modesCaptured', 'curveCovered', 'cellsCovered', 'latentPurity'] as const;
const headings: Readonly<Record<(typeof measures)[number], string>> = {
  modesCaptured: 'Modes captured',
  curveCovered: 'Share of the curve',
  cellsCovered: 'Share of the cells with traffic',
  latentPurity: 'Share of the codes',
};

/** Final modes captured (or share of the curve covered) per method; a bar for the mean over seeds, hollow points diverged. */
export function modesCapturedFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const metric = measures.find((name) => main.some((group) => finals(group, name).length > 0));
  const [first] = main;
  if (metric === undefined || first === undefined) return undefined;
  const { title, unit } = columnInfo(metric, data.columns);
  const share = unit === 'share';
  const all = share ? 1 : (modeCount(main.flatMap(({ trials }) => trials)) ?? highestOf(main, metric));
  const rows: Row[] = main.flatMap((group) =>
    finals(group, metric).map(({ trial, value }, index, { length }) => ({
      group: group.label,
      value: rounded(value),
      seed: trial.seed,
      status: trial.record.status,
      nudge: length === 1 ? 0 : rounded(index / (length - 1) - 0.5, 3),
    })),
  );
  const means: Row[] = main.flatMap((group) => {
    const values = finals(group, metric)
      .filter(({ trial }) => trial.record.status === 'done')
      .map(({ value }) => value);
    if (values.length === 0) return [];
    return [{ group: group.label, mean: rounded(mean(values)), seeds: values.length }];
  });
  const format = share ? '.1%' : '~r';
  const step = 34;
  const y = { field: 'group', type: 'nominal', sort: labelsOf(main), title: null } as const;
  const scale = { domain: [0, all], nice: false };
  const axis = { ...(share ? { format: '%' } : { tickMinStep: 1 }), title: share ? title : `${title}, of ${all}` };
  const colour = { field: 'group', type: 'nominal', scale: colourScale(main), legend: null } as const;
  return figureOf({
    name: 'modes-captured',
    section: 'modes',
    title: `${headings[metric]}, per method`,
    alt: `A row for each method with a point for each seed at its final ${title}; a bar marks the mean over seeds.`,
    note: `Every point is a seed; the bar and the number are the mean over finished seeds.${
      rows.some(({ status }) => status !== 'done') ? ' Hollow: trials that diverged, at their last measured value.' : ''
    }${settingsNote(data)}`,
    spec: {
      width: layout.width - 190,
      height: { step },
      layer: [
        {
          data: { values: [{ all }] },
          mark: { type: 'rule', color: truth, strokeDash: [4, 3] },
          encoding: { x: { field: 'all', type: 'quantitative' } },
        },
        {
          data: { values: rows },
          mark: { type: 'point', size: 55, strokeWidth: 1.5, clip: false },
          encoding: {
            x: { field: 'value', type: 'quantitative', scale, axis },
            y,
            yOffset: { field: 'nudge', type: 'quantitative', scale: { domain: [-0.8, 0.8] } },
            color: colour,
            fill: colour,
            fillOpacity: { condition: { test: "datum.status === 'done'", value: 0.55 }, value: 0 },
            tooltip: [
              { field: 'group', type: 'nominal', title: 'method' },
              { field: 'seed', type: 'quantitative' },
              { field: 'value', type: 'quantitative', title, format },
              { field: 'status', type: 'nominal' },
            ],
          },
        },
        {
          data: { values: means },
          mark: { type: 'tick', color: strong, thickness: 2.5, size: step * 0.7 },
          encoding: {
            x: { field: 'mean', type: 'quantitative' },
            y,
            tooltip: [
              { field: 'group', type: 'nominal', title: 'method' },
              { field: 'mean', type: 'quantitative', title: `mean ${title}`, format },
              { field: 'seeds', type: 'quantitative' },
            ],
          },
        },
        {
          data: { values: means },
          mark: { type: 'text', align: 'left', dx: 10, fontWeight: 'bold' },
          encoding: {
            x: { datum: all },
            y,
            text: { field: 'mean', type: 'quantitative', format: share ? '.1%' : '.1f' },
            color: colour,
          },
        },
      ],
    },
  });
}

/** Where nobody knows of how many. */
function highestOf(groups: readonly Group[], metric: string): number {
  return Math.max(1, ...groups.flatMap((group) => finals(group, metric).map(({ value }) => value)));
}
