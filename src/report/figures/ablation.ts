/** Draws every metric against a swept parameter, λ or any other: a figure a parameter, a panel a metric. */

import { groupBy } from '../../base/collections.ts';
import { listed } from '../../base/number-words.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import { isDeclaredAt } from '../../summary/groups.ts';
import { truth } from '../../summary/palette.ts';
import { pathText, valueText } from '../../summary/spec-text.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { bandLayers, formatOf, gapNote, type Line } from './band-lines.ts';
import {
  type Axis,
  figureOf,
  finalOf,
  finals,
  isMeasured,
  lagNote,
  ownAxes,
  panels,
  type Row,
  readColumns,
  rounded,
} from './chart.ts';
import { aFigureAPath, axisFor, sweepsOf, type Values, withoutIt } from './sweep.ts';

export const ablationFigures = aFigureAPath(ablation);

function ablation(data: ReportData, layout: Layout, path: string): Figure | undefined {
  const groups = sweepsOf(data, path).flatMap((sweep) => sweep.groups);
  const others = withoutIt(data, path);
  const metrics = judgedColumns(
    groups.flatMap(({ trials }) => trials.flatMap(({ record }) => Object.keys(record.metrics))),
    data.columns,
  );
  const shown = readColumns([...groups, ...others], metrics, data.columns).filter((info) =>
    isMeasured(groups, info.name),
  );
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
  const isDeclared = (group: Group) => isDeclaredAt(data, group, path);
  const declared = [...new Set(groups.filter(isDeclared).map((group) => placeOf(group, path, axis)))];
  const drawn = shown.map((info) => ({ info, lines: linesOf(groups, info.name, path, axis) }));
  return figureOf({
    name: `ablation-${path.replaceAll('.', '-').toLowerCase()}`,
    section: 'ablation',
    title: `Every metric against ${name}${name === path ? '' : ` (${path})`}`,
    alt: `A panel for each metric over the values of ${name}: a line for each method's mean over seeds in a band from the lowest to the highest seed, with every seed as a point.`,
    note: `Lines: mean over finished seeds; bands: lowest to highest.${declared.length > 0 ? ` Grey bar: declared (${declared.join(', ')}).` : ''}${gapNote(drawn.flatMap(({ lines }) => lines))}${scaled}${zero}${others.length > 0 ? ` Dashed: ${listed(others.map(({ method }) => method))}, without ${name}.` : ''}${held.length > 0 ? ` At ${listed(held)}.` : ''}${lagNote(groups)}`,
    spec: {
      concat: drawn.map((parts) => panel(parts, others, methods, { name, axis, size, declared })),
      columns,
      ...ownAxes,
    },
  });
}

interface Across {
  readonly name: string;
  readonly axis: Values;
  readonly size: number;
  /** Declared values, on that axis. */
  readonly declared: readonly (string | number)[];
}

/** A line a method, a point of it a value. */
interface MethodLine extends Line {
  readonly seeds: readonly Row[];
}

const placeOf = ({ settings }: Group, path: string, axis: Values): string | number =>
  axis.kind === 'words' ? valueText(settings[path]) : (settings[path] as number); // axisFor saw numbers alone

function linesOf(groups: readonly Group[], metric: string, path: string, axis: Values): MethodLine[] {
  const at = ({ settings }: Group) => (axis.kind === 'words' ? valueText(settings[path]) : (settings[path] as number)); // axisFor saw numbers alone
  const byMethod = groupBy(groups, ({ method }) => method);
  return [...byMethod].map(([label, own]) => ({
    label,
    points: own.flatMap((group) => {
      const found = finalOf(group, metric);
      return found === undefined ? [] : [{ at: at(group), found }];
    }),
    seeds: own.flatMap((group) =>
      finals(group, metric)
        .filter(({ trial, value }) => trial.record.status === 'done' && Number.isFinite(value))
        .map(({ trial, value }) => ({ group: label, at: at(group), value: rounded(value), seed: trial.seed })),
    ),
  }));
}

function panel(
  { info, lines }: { readonly info: ColumnInfo; readonly lines: readonly MethodLine[] },
  others: readonly Group[],
  methods: ReadonlyMap<Group['method'], string>,
  { name, axis, size, declared }: Across,
) {
  const { title, unit } = info;
  const points = lines.flatMap(({ seeds }) => seeds);
  const rules: Row[] = others.flatMap((group) => {
    const found = finalOf(group, info.name);
    return found === undefined ? [] : [{ group: group.method, mean: rounded(found.mean) }];
  });
  const format = formatOf(info);
  const color = {
    field: 'group',
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
  const height = 130;
  const method = { field: 'group', type: 'nominal' as const, title: 'method' };
  return {
    title,
    width: size,
    height,
    layer: [
      ...(declared.length === 0
        ? []
        : [
            {
              data: { values: declared.map((at) => ({ at })) },
              mark: { type: 'rule' as const, color: truth, strokeWidth: 5, strokeOpacity: 0.35 },
              encoding: { x },
            },
          ]),
      ...(rules.length === 0
        ? []
        : [
            {
              data: { values: rules },
              mark: { type: 'rule' as const, strokeDash: [4, 3], strokeWidth: 1.5 },
              encoding: {
                y: { field: 'mean', type: 'quantitative' as const, ...y },
                color,
                tooltip: [method, { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format }],
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
            method,
            { field: 'at', type: x.type, title: name },
            { field: 'seed', type: 'quantitative' as const },
            { field: 'value', type: 'quantitative' as const, title, format },
          ],
        },
      },
      ...bandLayers(lines, { info, x, y, color, height, isMarked: true }),
    ],
  };
}

/** Ticks stand at the values that were run, and nowhere else. */
function across(axis: Values, name: string) {
  if (axis.kind === 'words')
    return {
      field: 'at' as const,
      type: 'ordinal' as const,
      title: name,
      scale: { type: 'point' as const, padding: 0.5 },
      axis: { title: name, labelAngle: 0 },
    };
  const { values, scale, constant } = axis;
  return {
    field: 'at' as const,
    type: 'quantitative' as const,
    title: name,
    scale: {
      type: scale,
      domain: [values[0] as number, values.at(-1) as number],
      nice: false,
      ...(scale !== 'log' && { zero: false }),
      ...(scale === 'symlog' && { constant }),
      padding: 8,
    },
    axis: { title: name, values: [...values], format: '.6~r', labelOverlap: 'greedy' as const },
  };
}
