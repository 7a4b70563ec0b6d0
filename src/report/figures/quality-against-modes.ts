/** Draws quality against coverage at the end of training. Where no column tells of quality, one of balance stands for it. */

import { mean } from '../../base/statistics.ts';
import type { ColumnInfo, ColumnRole } from '../../schema/column-info.ts';
import { ceilingOf, modeCount } from '../../summary/mode-count.ts';
import { metricText } from '../../summary/number-format.ts';
import { truth } from '../../summary/palette.ts';
import { realScores } from '../../summary/real-data.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { formatOf } from './band-lines.ts';
import {
  amountAxis,
  capital,
  colourScale,
  compared,
  figureOf,
  labelsOf,
  lagNote,
  readRole,
  rounded,
  settingsNote,
} from './chart.ts';

/** The leading columns of the two roles against each other, a point a seed, with the bound of the one that goes up. */
export function qualityAgainstModesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const read = (role: ColumnRole) => readRole(main, role, data.columns);
  const [across] = read('coverage');
  const [up] = [...read('quality'), ...read('balance')];
  if (across === undefined || up === undefined) return undefined;
  const points = main.flatMap((group) => pointsOf(group, across, up));
  if (!points.some(({ y }) => y !== null)) return undefined;
  const bound = boundOf(main, up);
  const isUp = up.better === 'more';
  const ys = points.map(({ y }) => y ?? 0);
  const top = up.unit === 'share' && isUp ? 1 : 1.08 * Math.max(bound?.at ?? 0, ...ys) || 1;
  const modes = modeCount(
    main.flatMap(({ trials }) => trials),
    across,
  );
  const all = across.unit === 'share' ? 1 : (modes ?? Math.max(1, ...points.map(({ x }) => x)));
  const best = isUp ? 'top' : 'bottom';
  const undefinedOn = points.filter(({ y }) => y === null).length;
  const color = {
    field: 'group',
    type: 'nominal' as const,
    scale: colourScale(main),
    sort: labelsOf(main),
    legend: { title: null, symbolType: 'circle' as const, columns: layout.width < 500 ? 3 : 8 },
  };
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    scale: { domain: [0, all], nice: false },
    axis: amountAxis(across, all, layout),
  };
  const tooltip = [
    { field: 'group', type: 'nominal' as const, title: 'method' },
    { field: 'seed', type: 'quantitative' as const },
    { field: 'x', type: 'quantitative' as const, title: across.title, format: formatOf(across) },
    { field: 'y', type: 'quantitative' as const, title: up.title, format: formatOf(up) },
  ];
  return figureOf({
    name: 'quality-against-modes',
    section: 'modes',
    title: `${capital(up.title)} against ${across.title}`,
    alt: `A point for each seed: ${up.title} against ${across.title}.${bound ? ` A dashed line marks the ${bound.says}.` : ''} The best corner is ${best} right.`,
    note: `Every point is a finished seed; a perfect sampler stands in the ${best} right corner${bound ? `, at the ${bound.says}` : ''}.${undefinedOn > 0 ? ` ×: ${up.title} is not defined, on ${undefinedOn} of ${points.length}.` : ''}${lagNote(main)}${settingsNote(data)}`,
    spec: {
      width: layout.width - 80,
      height: Math.min(320, layout.width * 0.75),
      layer: [
        ...(bound === undefined
          ? []
          : [
              {
                data: { values: [{ ceiling: bound.at, label: bound.label }] },
                encoding: { y: { field: 'ceiling', type: 'quantitative' as const } },
                layer: [
                  { mark: { type: 'rule' as const, color: truth, strokeDash: [4, 3] } },
                  {
                    mark: {
                      type: 'text' as const,
                      align: 'left' as const,
                      baseline: isUp ? ('top' as const) : ('bottom' as const),
                      dx: 6,
                      dy: isUp ? 5 : -5,
                    },
                    encoding: { x: { value: 0 }, text: { field: 'label', type: 'nominal' as const } },
                  },
                ],
              },
            ]),
        {
          data: { values: points },
          mark: { type: 'point', size: 60, filled: true, fillOpacity: 0.8 },
          encoding: {
            x,
            y: {
              field: 'y',
              type: 'quantitative',
              scale: { domain: [0, rounded(top) ?? 1], nice: false },
              axis: { title: up.title, ...(up.unit === 'share' && { format: isUp ? '%' : '~%' }), tickCount: 5 },
            },
            color,
            tooltip,
          },
        },
        ...(undefinedOn === 0
          ? []
          : [
              {
                data: { values: points.filter(({ y }) => y === null) },
                mark: {
                  type: 'text' as const,
                  text: '×',
                  fontSize: 16,
                  fontWeight: 'bold' as const,
                  dy: isUp ? -8 : 8,
                },
                encoding: { x, y: { value: isUp ? ('height' as const) : 0 }, color, tooltip: tooltip.slice(0, 3) },
              },
            ]),
      ],
    },
  });
}

/** What a perfect sampler reaches, or real data in its place. */
function boundOf(groups: readonly Group[], info: ColumnInfo) {
  const [first] = groups;
  const ceiling = first && ceilingOf(info, first.truth, first.spec.evaluation.samples);
  const real = [...realScores(groups, info.name).values()].filter(Number.isFinite);
  const at = ceiling ?? (real.length > 0 ? mean(real) : undefined);
  if (at === undefined) return undefined;
  if (ceiling === undefined) {
    const text = metricText(at, info);
    return { at, label: `real data ${text}`, says: `${text} of real data` };
  }
  const text = metricText(at, { ...info, digits: 2 });
  return { at, label: `perfect sampler ${text}`, says: `${text} that a perfect sampler reaches` };
}

interface Point {
  readonly group: string;
  readonly seed: number;
  readonly x: number;
  /** Null where it is not defined. */
  readonly y: number | null;
}

const pointsOf = ({ label, done }: Group, across: ColumnInfo, up: ColumnInfo): Point[] =>
  done.flatMap(({ seed, record: { metrics } }) => {
    const x = rounded(metrics[across.name]);
    return x === null || metrics[up.name] === undefined
      ? []
      : [{ group: label, seed, x, y: rounded(metrics[up.name]) }];
  });
