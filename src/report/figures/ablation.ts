/** Draws every metric against a swept parameter, λ or any other: a figure a parameter, a panel a metric. */

import { listed } from '../../base/number-words.ts';
import { mean } from '../../base/statistics.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import { pathText, valueText } from '../../summary/spec-text.ts';
import type { Figure, FigureMaker, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { type Axis, figureOf, finals, ownAxes, panels, type Row, rounded } from './chart.ts';
import { axisFor, sweepsOf, type Values, withoutIt } from './sweep.ts';

/** A report has figures for this many swept parameters. */
const most = 4;

/** Makers of the figures for the first, second … parameter of `ReportData.swept` that is a sweep. */
export const ablationFigures: readonly FigureMaker[] = Array.from(
  { length: most },
  (_, index) => (data, layout) => ablation(data, layout, index),
);

function ablation(data: ReportData, layout: Layout, index: number): Figure | undefined {
  const path = data.swept.filter((swept) => sweepsOf(data, swept).length > 0)[index];
  if (path === undefined) return undefined;
  const groups = sweepsOf(data, path).flatMap((sweep) => sweep.groups);
  const others = withoutIt(data, path);
  const metrics = judgedColumns(
    groups.flatMap(({ trials }) => trials.flatMap(({ record }) => Object.keys(record.metrics))),
    data.columns,
  );
  const shown = metrics.filter(({ name }) => groups.some((group) => finals(group, name).length > 0));
  if (shown.length === 0) return undefined;
  const name = pathText(path, data.swept);
  const axis = axisFor(groups.map(({ settings }) => settings[path]));
  const { columns, size } = panels(layout, shown.length, { least: layout.width < 500 ? 95 : 150, most: 4, own: true });
  const methods = new Map([...groups, ...others].map(({ method, colour }) => [method, colour]));
  const scaled = axis.kind === 'words' || axis.scale === 'linear' ? '' : ' Logarithmic axis.';
  const zero = axis.kind === 'numbers' && axis.scale === 'symlog' ? ' Zero stands at its left end.' : '';
  const fixed = data.swept.filter((swept) => swept !== path && groups.some(({ settings }) => swept in settings));
  const [first] = groups;
  const held = fixed.map((swept) => `${pathText(swept, data.swept)} ${valueText(first?.settings[swept])}`);
  return figureOf({
    name: `ablation-${path.replaceAll('.', '-').toLowerCase()}`,
    section: 'ablation',
    title: `Every metric against ${name}${name === path ? '' : ` (${path})`}`,
    alt: `A panel for each metric over the values of ${name}: a line for each method's mean over seeds in a band from the lowest to the highest seed, with every seed as a point.`,
    note: `Lines: mean over finished seeds; bands: lowest to highest.${scaled}${zero}${others.length > 0 ? ` Dashed: ${listed(others.map(({ method }) => method))}, without ${name}.` : ''}${held.length > 0 ? ` At ${listed(held)}.` : ''}`,
    spec: {
      concat: shown.map((info) => panel(info, groups, others, methods, { path, name, axis, size })),
      columns,
      ...ownAxes,
    },
  });
}

interface Across {
  readonly path: string;
  readonly name: string;
  readonly axis: Values;
  readonly size: number;
}

function panel(
  { name: metric, title, unit }: ColumnInfo,
  groups: readonly Group[],
  others: readonly Group[],
  methods: ReadonlyMap<Group['method'], string>,
  { path, name, axis, size }: Across,
) {
  const at = (group: Group) =>
    axis.kind === 'words' ? valueText(group.settings[path]) : (group.settings[path] as number); // axisFor saw numbers alone
  const points: Row[] = [];
  const lines: Row[] = [];
  for (const group of groups) {
    const values = finals(group, metric).filter(({ trial }) => trial.record.status === 'done');
    if (values.length === 0) continue;
    const numbers = values.map(({ value }) => value);
    for (const { trial, value } of values)
      points.push({ method: group.method, at: at(group), value: rounded(value), seed: trial.seed });
    lines.push({
      method: group.method,
      at: at(group),
      mean: rounded(mean(numbers)),
      low: rounded(Math.min(...numbers)),
      high: rounded(Math.max(...numbers)),
      seeds: numbers.length,
    });
  }
  const rules: Row[] = others.flatMap((group) => {
    const numbers = finals(group, metric).filter(({ trial }) => trial.record.status === 'done');
    return numbers.length === 0
      ? []
      : [{ method: group.method, mean: rounded(mean(numbers.map(({ value }) => value))) }];
  });
  const format = unit === 'share' ? '.2%' : '.4~r';
  const color = {
    field: 'method',
    type: 'nominal' as const,
    scale: { domain: [...methods.keys()], range: [...methods.values()] },
    legend: methods.size > 1 ? { title: null, symbolType: 'circle' as const } : null,
  };
  const x = across(axis, name);
  // where all is nothing, the axis still needs an end
  const flat = points.every(({ value }) => value === 0) && rules.every((row) => row.mean === 0);
  const y: Axis = {
    scale: { zero: true, ...(flat && { domain: [0, 1] }) },
    axis: { title: null, tickCount: 4, ...(unit === 'share' && { format: '~%' }) },
  };
  return {
    title,
    width: size,
    height: 130,
    layer: [
      {
        data: { values: lines },
        mark: { type: 'area' as const, fillOpacity: 0.16 },
        encoding: { x, y: { field: 'low', type: 'quantitative' as const, ...y }, y2: { field: 'high' }, color },
      },
      ...(rules.length === 0
        ? []
        : [
            {
              data: { values: rules },
              mark: { type: 'rule' as const, strokeDash: [4, 3], strokeWidth: 1.5 },
              encoding: {
                y: { field: 'mean', type: 'quantitative' as const, ...y },
                color,
                tooltip: [
                  { field: 'method', type: 'nominal' as const },
                  { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format },
                ],
              },
            },
          ]),
      {
        data: { values: points },
        mark: { type: 'circle' as const, size: 22, fillOpacity: 0.45 },
        encoding: {
          x,
          y: { field: 'value', type: 'quantitative' as const, ...y },
          color,
          tooltip: [
            { field: 'method', type: 'nominal' as const },
            { field: 'at', type: x.type, title: name },
            { field: 'seed', type: 'quantitative' as const },
            { field: 'value', type: 'quantitative' as const, title, format },
          ],
        },
      },
      {
        data: { values: lines },
        mark: { type: 'line' as const, strokeWidth: 2, point: { size: 30, filled: true } },
        encoding: {
          x,
          y: { field: 'mean', type: 'quantitative' as const, ...y },
          color,
          tooltip: [
            { field: 'method', type: 'nominal' as const },
            { field: 'at', type: x.type, title: name },
            { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format },
            { field: 'low', type: 'quantitative' as const, title: 'lowest seed', format },
            { field: 'high', type: 'quantitative' as const, title: 'highest seed', format },
            { field: 'seeds', type: 'quantitative' as const },
          ],
        },
      },
    ],
  };
}

/** Ticks stand at the values that were run, and nowhere else. */
function across(axis: Values, name: string) {
  if (axis.kind === 'words')
    return {
      field: 'at',
      type: 'ordinal' as const,
      scale: { type: 'point' as const, padding: 0.5 },
      axis: { title: name, labelAngle: 0 },
    };
  const { values, scale, constant } = axis;
  return {
    field: 'at',
    type: 'quantitative' as const,
    scale: {
      type: scale,
      domain: [values[0] as number, values.at(-1) as number],
      nice: false,
      zero: false,
      ...(scale === 'symlog' && { constant }),
      padding: 8,
    },
    axis: { title: name, values: [...values], format: '~r', labelOverlap: 'greedy' as const },
  };
}
