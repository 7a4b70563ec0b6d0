/** Draws two swept parameters at once: the leading metric as a heat map, a panel a method. */
import type { ColumnInfo } from '../../schema/column-info.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { bareText, partText } from '../../summary/number-format.ts';
import { heatRamp, onHeat } from '../../summary/palette.ts';
import { pathText, valueText } from '../../summary/spec-text.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { formatOf } from './band-lines.ts';
import { figureOf, finalOf, lagNote, panels, type Row, readColumns, rounded, spacing } from './chart.ts';
import { gridsOf } from './sweep.ts';

/** The first two parameters that make a grid. */
export function ablationGridFigure(data: ReportData, layout: Layout): Figure | undefined {
  const pairs = data.swept.flatMap((first, index) =>
    data.swept.slice(index + 1).map((second) => [first, second] as const),
  );
  const [across, up] = pairs.find(([first, second]) => gridsOf(data, first, second).length > 0) ?? [];
  if (across === undefined || up === undefined) return undefined;
  const grids = gridsOf(data, across, up);
  const groups = grids.flatMap((grid) => grid.groups);
  const metrics = judgedColumns(
    groups.flatMap(({ trials }) => trials.flatMap(({ record }) => Object.keys(record.metrics))),
    data.columns,
  );
  const [info] = readColumns(groups, metrics, data.columns);
  if (info === undefined) return undefined;
  const { title } = info;
  const rows = groups.flatMap((group) => cellOf(group, info, across, up));
  const [low, high] = domainOf(groups, info, rows);
  const { columns, size } = panels(layout, grids.length, { least: 220, most: 3 });
  const sorted = (path: string) =>
    [...new Set(groups.map(({ settings }) => settings[path]))].sort(byValue).map(valueText);
  const names = [pathText(across, data.swept), pathText(up, data.swept)] as const;
  const format = formatOf(info);
  const x = {
    field: 'across',
    type: 'ordinal' as const,
    sort: sorted(across),
    axis: { title: names[0], labelAngle: 0 },
  };
  const y = { field: 'up', type: 'ordinal' as const, sort: sorted(up).reverse(), title: names[1] };
  return figureOf({
    name: 'ablation-grid',
    section: 'ablation',
    title: `${title} over ${names[0]} and ${names[1]}`,
    alt: `For each method a table of ${title} over the values of ${names[0]} and ${names[1]}, coloured by value and with the mean over seeds written in every cell.`,
    note: `Mean over finished seeds; light is high.${rows.some(({ seeds }) => typeof seeds === 'string') ? ' In brackets: of how many seeds, where it is not defined on the others, which is worse than any.' : ''}${lagNote(groups)}`,
    spec: {
      data: { values: rows },
      facet: { field: 'method', type: 'nominal', sort: grids.map(({ method }) => method), header: { title: null } },
      columns,
      spacing,
      spec: {
        width: size,
        height: Math.max(120, 34 * sorted(up).length),
        layer: [
          {
            mark: { type: 'rect' },
            encoding: {
              x,
              y,
              fill: {
                field: 'mean',
                type: 'quantitative',
                scale: {
                  domain: heatRamp.map((_, index) => low + ((high - low) * index) / (heatRamp.length - 1)),
                  range: [...heatRamp],
                },
                legend: null,
              },
              tooltip: [
                { field: 'method', type: 'nominal' },
                { field: 'across', type: 'ordinal', title: names[0] },
                { field: 'up', type: 'ordinal', title: names[1] },
                { field: 'mean', type: 'quantitative', title: `mean ${title}`, format },
                { field: 'low', type: 'quantitative', title: 'lowest seed', format },
                { field: 'high', type: 'quantitative', title: 'highest seed', format },
                { field: 'seeds', type: 'nominal' },
              ],
            },
          },
          {
            mark: { type: 'text', fontWeight: 'bold' },
            encoding: {
              x,
              y,
              text: { field: 'text', type: 'nominal' },
              color: {
                condition: { test: `datum.mean > ${low + (high - low) * 0.5}`, value: onHeat.light },
                value: onHeat.dark,
              },
            },
          },
        ],
      },
    },
  });
}

function cellOf(group: Group, info: ColumnInfo, across: string, up: string): Row[] {
  const found = finalOf(group, info.name);
  if (found === undefined) return [];
  const { mean, min, max, seeds, of, isWhole } = found;
  return [
    {
      method: group.method,
      across: valueText(group.settings[across]),
      up: valueText(group.settings[up]),
      mean: rounded(mean),
      text: `${bareText(mean, info)}${info.unit === 'share' ? ' %' : ''}${partText(found)}`,
      low: rounded(min),
      high: rounded(max),
      seeds: isWhole ? seeds : `${seeds} of ${of}`,
    },
  ];
}

/** From nothing to all there is where that is known. */
function domainOf(groups: readonly Group[], info: ColumnInfo, rows: readonly Row[]): [number, number] {
  const modes = modeCount(
    groups.flatMap(({ trials }) => trials),
    info,
  );
  if (modes !== undefined) return [0, modes];
  if (info.unit === 'share') return [0, 1];
  const means = rows.flatMap(({ mean }) => (typeof mean === 'number' ? [mean] : []));
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return [low, high > low ? high : low + 1];
}

function byValue(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return valueText(a) < valueText(b) ? -1 : 1;
}
