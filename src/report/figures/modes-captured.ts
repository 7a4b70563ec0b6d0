/** Draws how much each method captures at the end, every seed a point. */
import { listed } from '../../base/number-words.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { metricText, partText } from '../../summary/number-format.ts';
import { strong, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { formatOf } from './band-lines.ts';
import {
  amountAxis,
  capital,
  colourScale,
  compared,
  figureOf,
  finalOf,
  finals,
  labelsOf,
  lagNote,
  type Row,
  readRole,
  rounded,
  settingsNote,
} from './chart.ts';

/** Pixels of a method's row. */
const step = 34;

/** A panel for each column that says how much is captured; a bar for the mean over seeds, hollow points diverged. */
export function modesCapturedFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const columns = readRole(main, 'coverage', data.columns);
  if (columns.length === 0) return undefined;
  const titles = listed(columns.map(({ title }) => title));
  const isLost = columns.some(({ name }) =>
    main.some((group) => finals(group, name).some(({ trial }) => trial.record.status !== 'done')),
  );
  return figureOf({
    name: 'modes-captured',
    section: 'modes',
    title: `${capital(titles)}, per method`,
    alt: `A row for each method with a point for each seed at its final ${titles}; a bar marks the mean over seeds.`,
    note: `Every point is a seed; the bar and the number are the mean over finished seeds.${isLost ? ' Hollow: trials that diverged, at their last measured value.' : ''}${lagNote(main)}${settingsNote(data)}`,
    spec: { vconcat: columns.map((info) => panel(main, info, layout)) },
  });
}

function panel(groups: readonly Group[], info: ColumnInfo, layout: Layout) {
  const { name, title, unit } = info;
  const found = groups.map((group) => ({ group, values: finals(group, name), mean: finalOf(group, name) }));
  const modes = modeCount(
    groups.flatMap(({ trials }) => trials),
    info,
  );
  const highest = Math.max(
    1,
    ...found.flatMap(({ values }) => values.map(({ value }) => value)).filter(Number.isFinite),
  );
  const all = unit === 'share' ? 1 : (modes ?? highest); // where nobody knows of how many
  const rows: Row[] = found.flatMap(({ group, values }) =>
    values.map(({ trial, value }, index, { length }) => ({
      group: group.label,
      value: rounded(value),
      seed: trial.seed,
      status: trial.record.status,
      nudge: length === 1 ? 0 : rounded(index / (length - 1) - 0.5, 3),
    })),
  );
  const means: Row[] = found.flatMap(({ group, mean }) =>
    mean === undefined
      ? []
      : [
          {
            group: group.label,
            mean: rounded(mean.mean),
            text: `${metricText(mean.mean, { ...info, unit: unit === 'count' ? 'number' : unit })}${partText(mean)}`,
            seeds: mean.seeds,
          },
        ],
  );
  const format = formatOf(info);
  const y = { field: 'group', type: 'nominal' as const, sort: labelsOf(groups), title: null };
  const colour = { field: 'group', type: 'nominal' as const, scale: colourScale(groups), legend: null };
  return {
    width: layout.width - 190,
    height: { step },
    layer: [
      {
        data: { values: [{ all }] },
        mark: { type: 'rule' as const, color: truth, strokeDash: [4, 3] },
        encoding: { x: { field: 'all', type: 'quantitative' as const } },
      },
      {
        data: { values: rows },
        mark: { type: 'point' as const, size: 55, strokeWidth: 1.5, clip: false },
        encoding: {
          x: {
            field: 'value',
            type: 'quantitative' as const,
            scale: { domain: [0, all], nice: false },
            axis: amountAxis(info, all, layout),
          },
          y,
          yOffset: { field: 'nudge', type: 'quantitative' as const, scale: { domain: [-0.8, 0.8] } },
          color: colour,
          fill: colour,
          fillOpacity: { condition: { test: "datum.status === 'done'", value: 0.55 }, value: 0 },
          tooltip: [
            { field: 'group', type: 'nominal' as const, title: 'method' },
            { field: 'seed', type: 'quantitative' as const },
            { field: 'value', type: 'quantitative' as const, title, format },
            { field: 'status', type: 'nominal' as const },
          ],
        },
      },
      {
        data: { values: means },
        mark: { type: 'tick' as const, color: strong, thickness: 2.5, size: step * 0.7 },
        encoding: {
          x: { field: 'mean', type: 'quantitative' as const },
          y,
          tooltip: [
            { field: 'group', type: 'nominal' as const, title: 'method' },
            { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format },
            { field: 'seeds', type: 'quantitative' as const },
          ],
        },
      },
      {
        data: { values: means },
        mark: { type: 'text' as const, align: 'left' as const, dx: 10, fontWeight: 'bold' as const, color: strong },
        encoding: { x: { datum: all }, y, text: { field: 'text', type: 'nominal' as const } },
      },
    ],
  };
}
