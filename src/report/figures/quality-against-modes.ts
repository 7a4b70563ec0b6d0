/** Quality against coverage at the end: a method may buy the one with the other. */
import { makeDataset } from '../../datasets/make-dataset.ts';
import { highQualityCeiling } from '../../metrics/nearest-modes.ts';
import { mean } from '../../metrics/over-seeds.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../load.ts';
import { metricInfo } from '../metric-info.ts';
import { truth } from '../palette.ts';
import { colourScale, compared, figureOf, type Row, rounded, settingsNote } from './chart.ts';
import { spread } from './direct-labels.ts';

/** High quality (for curves: near the curve) against modes captured, a point a seed, with what a perfect sampler reaches. */
export function qualityAgainstModesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const [first] = main;
  if (first === undefined) return undefined;
  const { modes, dim } = makeDataset(first.spec.data);
  const [across, up] = modes ? ['modesCaptured', 'highQuality'] : ['curveCovered', 'nearCurve'];
  const points = main.flatMap((group) => pointsOf(group, across, up));
  if (points.length === 0) return undefined;
  const all = modes?.count ?? 1;
  const ceiling = modes ? highQualityCeiling(dim) : undefined;
  const height = Math.min(320, layout.width * 0.75);
  const acrossInfo = metricInfo(across);
  const upTitle = metricInfo(up).title;
  const xFormat = modes ? '~r' : '.1%';
  const labels = labelsFor(main, points, all, 15 / height);
  const colour = { field: 'group', type: 'nominal' as const, scale: colourScale(main), legend: null };
  const upTo = ceiling === undefined ? undefined : `${(100 * ceiling).toFixed(2)} %`;
  return figureOf({
    name: 'quality-against-modes',
    section: 'modes',
    title: modes ? 'High quality against modes captured' : 'Near the curve against curve covered',
    alt: `A point for each seed: ${upTitle} against ${acrossInfo.title}.${upTo ? ` A dashed line marks the ${upTo} that a perfect sampler reaches.` : ''} The best corner is top right.`,
    note: `Every point is a finished seed; a perfect sampler stands in the top right corner${upTo ? `, at ${upTo} (3σ in ${dim} ${dim === 1 ? 'dimension' : 'dimensions'})` : ''}.${settingsNote(data)}`,
    spec: {
      width: layout.width - 165,
      height,
      layer: [
        ...(ceiling === undefined
          ? []
          : [
              {
                data: { values: [{ ceiling, label: `perfect sampler ${upTo}` }] },
                encoding: { y: { field: 'ceiling', type: 'quantitative' as const } },
                layer: [
                  { mark: { type: 'rule' as const, color: truth, strokeDash: [4, 3] } },
                  {
                    mark: { type: 'text' as const, align: 'left' as const, baseline: 'top' as const, dx: 6, dy: 5 },
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
                title: modes ? `${acrossInfo.title}, of ${all}` : acrossInfo.title,
                tickCount: 8,
                ...(modes ? { tickMinStep: 1 } : { format: '%' }),
              },
            },
            y: {
              field: 'y',
              type: 'quantitative',
              scale: { domain: [0, 1], nice: false },
              axis: { title: upTitle, format: '%', tickCount: 5 },
            },
            color: colour,
            tooltip: [
              { field: 'group', type: 'nominal', title: 'method' },
              { field: 'seed', type: 'quantitative' },
              { field: 'x', type: 'quantitative', title: acrossInfo.title, format: xFormat },
              { field: 'y', type: 'quantitative', title: upTitle, format: '.2%' },
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
function labelsFor(groups: readonly Group[], points: readonly Point[], all: number, gap: number): Row[] {
  const means = groups.flatMap(({ label }) => {
    const own = points.filter(({ group }) => group === label);
    if (own.length === 0) return [];
    return [{ text: label, at: mean(own.map(({ y }) => y)), x: mean(own.map(({ x }) => x)) }];
  });
  const across = new Map(means.map(({ text, x }) => [text, x]));
  return spread(means, gap, 0, 1).map(({ text, at, place }) => ({
    group: text,
    x: rounded(across.get(text)),
    y: rounded(at),
    all,
    place: rounded(place),
  }));
}
