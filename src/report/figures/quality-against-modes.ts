/** Draws quality against coverage at the end of training. For pictures a distance stands for quality. */

import { mean } from '../../base/statistics.ts';
import { highQualityCeiling } from '../../metrics/numerics/nearest-modes.ts';
import { type Columns, columnInfo } from '../../summary/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { metricText } from '../../summary/number-format.ts';
import { truth } from '../../summary/palette.ts';
import { realScores } from '../../summary/real-data.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { colourScale, compared, figureOf, type Row, rounded, settingsNote } from './chart.ts';
import { spread } from './direct-labels.ts';

/** What stands for quality where it is no share of samples near a mode: the first that the trials have, less being better. */
const distances = ['fid', 'attributeGap', 'reverseKL'];

/** High quality (for curves: near the curve; for pictures: FID) against modes captured, a point a seed, with the bound. */
export function qualityAgainstModesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const [first] = main;
  if (first === undefined) return undefined;
  const { across, up, all, bound, best } = axesOf(main, data.columns);
  const points = main.flatMap((group) => pointsOf(group, across, up));
  if (points.length === 0) return undefined;
  const height = Math.min(320, layout.width * 0.75);
  const [acrossInfo, upInfo] = [columnInfo(across, data.columns), columnInfo(up, data.columns)];
  const counts = acrossInfo.unit === 'count';
  const isShare = upInfo.better === 'more';
  const top = isShare ? 1 : 1.08 * Math.max(1e-9, bound?.at ?? 0, ...points.map(({ y }) => y));
  const labels = labelsFor(main, points, all, { gap: (15 * top) / height, top });
  const colour = { field: 'group', type: 'nominal' as const, scale: colourScale(main), legend: null };
  return figureOf({
    name: 'quality-against-modes',
    section: 'modes',
    title: `${upInfo.title.charAt(0).toUpperCase()}${upInfo.title.slice(1)} against ${acrossInfo.title}`,
    alt: `A point for each seed: ${upInfo.title} against ${acrossInfo.title}.${bound ? ` A dashed line marks the ${bound.says}.` : ''} The best corner is ${best} right.`,
    note: `Every point is a finished seed; a perfect sampler stands in the ${best} right corner${bound ? `, at ${bound.note}` : ''}.${settingsNote(data)}`,
    spec: {
      width: layout.width - 165,
      height,
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
                      baseline: isShare ? ('top' as const) : ('bottom' as const),
                      dx: 6,
                      dy: isShare ? 5 : -5,
                    },
                    encoding: { x: { value: 0 }, text: { field: 'label', type: 'nominal' as const } },
                  },
                ],
              },
            ]),
        {
          data: { values: labels },
          mark: { type: 'rule', strokeWidth: 1, strokeOpacity: 0.35 },
          encoding: {
            x: { field: 'x', type: 'quantitative' },
            x2: { field: 'all' },
            y: { field: 'y', type: 'quantitative' },
            y2: { field: 'place' },
            color: colour,
          },
        },
        {
          data: { values: points },
          mark: { type: 'point', size: 60, filled: true, fillOpacity: 0.8 },
          encoding: {
            x: {
              field: 'x',
              type: 'quantitative',
              scale: { domain: [0, all], nice: false },
              axis: {
                title: counts ? `${acrossInfo.title}, of ${all}` : acrossInfo.title,
                tickCount: layout.width < 500 ? 5 : 8,
                ...(counts ? { tickMinStep: 1 } : { format: '%' }),
              },
            },
            y: {
              field: 'y',
              type: 'quantitative',
              scale: { domain: [0, rounded(top) ?? 1], nice: false },
              axis: {
                title: upInfo.title,
                ...(upInfo.unit === 'share' && { format: isShare ? '%' : '~%' }),
                tickCount: 5,
              },
            },
            color: colour,
            tooltip: [
              { field: 'group', type: 'nominal', title: 'method' },
              { field: 'seed', type: 'quantitative' },
              { field: 'x', type: 'quantitative', title: acrossInfo.title, format: counts ? '~r' : '.1%' },
              {
                field: 'y',
                type: 'quantitative',
                title: upInfo.title,
                format: upInfo.unit === 'share' ? '.2%' : '.4~r',
              },
            ],
          },
        },
        {
          data: { values: labels },
          mark: { type: 'text', align: 'left', dx: 6, fontWeight: 'bold' },
          encoding: {
            x: { value: 'width' },
            y: { field: 'place', type: 'quantitative' },
            text: { field: 'group', type: 'nominal' },
            color: colour,
          },
        },
      ],
    },
  });
}

interface Axes {
  readonly across: string;
  readonly up: string;
  /** The end of the axis across. */
  readonly all: number;
  /** What a perfect sampler reaches, or real data in its place. */
  readonly bound?: { readonly at: number; readonly label: string; readonly says: string; readonly note: string };
  readonly best: 'top' | 'bottom';
}

function axesOf(groups: readonly Group[], columns: Columns): Axes {
  const [first] = groups;
  const { modes, curve, dim } = (first as Group).truth; // the caller has one
  if (modes) {
    const at = highQualityCeiling(dim);
    const upTo = `${(100 * at).toFixed(2)} %`;
    const note = `${upTo} (3σ in ${dim} ${dim === 1 ? 'dimension' : 'dimensions'})`;
    const bound = { at, label: `perfect sampler ${upTo}`, says: `${upTo} that a perfect sampler reaches`, note };
    return { across: 'modesCaptured', up: 'highQuality', all: modes.count, bound, best: 'top' };
  }
  if (curve) return { across: 'curveCovered', up: 'nearCurve', all: 1, best: 'top' };
  const all = modeCount(groups.flatMap(({ trials }) => trials)) ?? 1;
  const up =
    distances.find((name) => groups.some((group) => pointsOf(group, 'modesCaptured', name).length > 0)) ?? 'fid';
  const real = [...realScores(groups, up).values()];
  if (real.length === 0) return { across: 'modesCaptured', up, all, best: 'bottom' };
  const at = mean(real);
  const text = metricText(at, columnInfo(up, columns));
  const bound = { at, label: `real data ${text}`, says: `${text} of real data`, note: `the ${text} of real data` };
  return { across: 'modesCaptured', up, all, bound, best: 'bottom' };
}

interface Point {
  readonly group: string;
  readonly seed: number;
  readonly x: number;
  readonly y: number;
}

function pointsOf({ label, done }: Group, across: string, up: string): Point[] {
  return done.flatMap(({ seed, record: { metrics } }) => {
    const [x, y] = [rounded(metrics[across]), rounded(metrics[up])];
    return x === null || y === null ? [] : [{ group: label, seed, x, y }];
  });
}

/** Beside the plot, level with the mean of each method's points, a line leading there. */
function labelsFor(
  groups: readonly Group[],
  points: readonly Point[],
  all: number,
  { gap, top }: { readonly gap: number; readonly top: number },
): Row[] {
  const means = groups.flatMap(({ label }) => {
    const own = points.filter(({ group }) => group === label);
    if (own.length === 0) return [];
    return [{ text: label, at: mean(own.map(({ y }) => y)), x: mean(own.map(({ x }) => x)) }];
  });
  const across = new Map(means.map(({ text, x }) => [text, x]));
  return spread(means, gap, 0, top).map(({ text, at, place }) => ({
    group: text,
    x: rounded(across.get(text)),
    y: rounded(at),
    all,
    place: rounded(place),
  }));
}
