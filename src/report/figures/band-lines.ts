/** Layers that many figures share: lines of means in bands from the lowest to the highest seed, with what is not defined in sight. */
import type { ColumnInfo } from '../../schema/column-info.ts';
import type { Statistic } from '../../summary/statistics.ts';
import { type Axis, type Cell, type Row, rounded } from './chart.ts';

export interface Line {
  readonly label: string;
  /** Ascending places on the axis across. */
  readonly points: readonly { readonly at: Cell; readonly found: Statistic }[];
}

interface Across extends Axis {
  readonly field: 'at';
  readonly type: 'quantitative' | 'ordinal';
  /** For tooltips. */
  readonly title: string;
}

interface Style {
  readonly info: ColumnInfo;
  readonly x: Across;
  readonly y: Axis;
  /** Of the field `group`. */
  readonly color: object;
  /** Pixels of the panel. */
  readonly height: number;
  /** Whether every mean is marked by a point. */
  readonly isMarked?: boolean;
}

/** A value's format in tooltips. */
export const formatOf = ({ unit }: Pick<ColumnInfo, 'unit'>): string => (unit === 'share' ? '.1%' : '.4~r');

/** Said below figures of which a line breaks. */
export const gapNote = (lines: readonly Line[]): string =>
  lines.some(({ points }) => points.some(({ found }) => !found.isWhole))
    ? ' Where a line breaks at a ×, the value is not defined on some seeds, which is worse than any.'
    : '';

/** A line breaks where a seed has no value: a × at the worse edge of the panel stands for it, its tooltip says of how many. */
export function bandLayers(lines: readonly Line[], { info, x, y, color, height, isMarked = false }: Style) {
  const { title, better } = info;
  const values = lines.flatMap(({ label, points }) => points.map(({ at, found }) => rowOf(label, at, found)));
  const format = formatOf(info);
  const place = { field: 'at', type: x.type, title: x.title, ...(x.type === 'quantitative' && { format: ',' }) };
  const tooltip = [
    { field: 'group', type: 'nominal' as const, title: 'method' },
    place,
    { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format },
    { field: 'low', type: 'quantitative' as const, title: 'lowest seed', format },
    { field: 'high', type: 'quantitative' as const, title: 'highest seed', format },
    { field: 'seeds', type: 'nominal' as const },
  ];
  const isAbove = better === 'less';
  const broken = lines.filter(({ points }) => points.some(({ found }) => !found.isWhole));
  return [
    {
      data: { values },
      mark: { type: 'area' as const, fillOpacity: 0.16 },
      encoding: { x, y: { field: 'low', type: 'quantitative' as const, ...y }, y2: { field: 'high' }, color },
    },
    {
      data: { values },
      mark: {
        type: 'line' as const,
        strokeWidth: 2,
        ...((isMarked || broken.length > 0) && { point: { size: 30, filled: true } }),
      },
      encoding: { x, y: { field: 'mean', type: 'quantitative' as const, ...y }, color, tooltip },
    },
    ...broken.map(({ label, points }, index) => ({
      data: { values: points.filter(({ found }) => !found.isWhole).map(({ at, found }) => rowOf(label, at, found)) },
      mark: {
        type: 'text' as const,
        text: '×',
        fontSize: 14,
        fontWeight: 'bold' as const,
        dy: (isAbove ? 1 : -1) * (7 + 9 * index),
      },
      encoding: {
        x,
        y: { value: isAbove ? 0 : height },
        color,
        tooltip: [...tooltip.slice(0, 2), { field: 'seeds', type: 'nominal' as const, title: `seeds with a ${title}` }],
      },
    })),
  ];
}

function rowOf(group: string, at: Cell, { mean, min, max, seeds, of, isWhole }: Statistic): Row {
  const number = (value: number) => (isWhole ? rounded(value) : null);
  return {
    group,
    at,
    mean: number(mean),
    low: number(min),
    high: number(max),
    seeds: isWhole ? seeds : `${seeds} of ${of}`,
  };
}
