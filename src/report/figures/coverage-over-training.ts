/** Draws when modes are found and lost: coverage and quality over training steps, with the range over seeds. */

import { listed } from '../../base/number-words.ts';
import { mean as meanOf } from '../../base/statistics.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { columnInfo } from '../../summary/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { truth } from '../../summary/palette.ts';
import { realScores } from '../../summary/real-data.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { colourScale, compared, figureOf, labelsOf, type Row, rounded, settingsNote } from './chart.ts';
import { spread } from './direct-labels.ts';
import { type CurvePoint, learningCurve } from './learning-curve.ts';

/** How much is captured, then how well; the first list whose first metric the trials have. */
const choices = [
  ['modesCaptured', 'highQuality', 'attributeGap', 'cellsCovered', 'inceptionScore', 'fid'],
  ['curveCovered', 'nearCurve'],
  ['cellsCovered', 'occupancyJS', 'fid'],
  ['latentPurity', 'latentKS'],
  ['fid', 'inceptionScore'],
];

/** How well, where none of these says it: stacks of digits have a thousand modes and little else. */
const instead = ['reverseKL'];

/** Pixels a label needs. */
const line = 15;

/** Panels over one axis of steps: how much is captured, and how well. */
export function coverageOverTrainingFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const metrics = choices.find(([first = '']) => main.some((group) => learningCurve(group, first).length > 1));
  if (metrics === undefined) return undefined;
  const isThere = (metric: string) => main.some((group) => learningCurve(group, metric).length > 0);
  const found = metrics.filter(isThere);
  const present = found.length > 1 ? found : [...found, ...instead.filter(isThere)];
  const titles = present.map((metric) => columnInfo(metric, data.columns).title);
  const isRealKnown = present.some((metric) => realScores(main, metric).size > 0);
  return figureOf({
    name: 'coverage-over-training',
    section: 'modes',
    title: 'Over training',
    alt: `${listed(titles)} over training steps: a line for each method's mean over seeds, in a band from the lowest to the highest seed.`,
    note: `Lines: mean over finished seeds; bands: lowest to highest seed.${isRealKnown ? ' Dashed: what real data score.' : ''}${averaged(main)}${settingsNote(data)}`,
    spec: {
      vconcat: present.map((metric, index) =>
        panel(main, columnInfo(metric, data.columns), layout, index === present.length - 1),
      ),
      spacing: 14,
    },
  });
}

function averaged(groups: readonly Group[]): string {
  const decay = groups[0]?.spec.training.average ?? 0;
  return decay > 0
    ? ` Measured on a moving average of the weights (${decay}), which lags behind the weights themselves.`
    : '';
}

function panel(groups: readonly Group[], info: ColumnInfo, layout: Layout, last: boolean) {
  const { name: metric, title, unit } = info;
  const height = 200;
  const curves = groups.map((group) => ({ group, curve: learningCurve(group, metric) }));
  const real = realScores(groups, metric);
  const floor = real.size > 0 ? meanOf([...real.values()]) : Number.NaN;
  const high = topOf(groups, info, curves, floor);
  const rows: Row[] = curves.flatMap(({ group, curve }) =>
    curve.map(({ step, mean, low, high, seeds }) => ({
      group: group.label,
      step,
      mean: rounded(mean),
      low: rounded(low),
      high: rounded(high),
      seeds,
    })),
  );
  const wanted = curves.flatMap(({ group, curve }) => {
    const end = curve.at(-1);
    return end === undefined ? [] : [{ text: group.label, at: end.mean }];
  });
  const labels = spread(wanted, (high * line) / height, 0, high).map(({ text, place }) => ({
    group: text,
    place: rounded(place),
  }));
  const format = unit === 'share' ? '.1%' : '.4~r';
  const colour = {
    field: 'group',
    type: 'nominal' as const,
    scale: colourScale(groups),
    sort: labelsOf(groups),
    legend: null,
  };
  const x = {
    field: 'step',
    type: 'quantitative' as const,
    scale: { nice: false },
    axis: { title: last ? 'training step' : null, labels: last, tickCount: 6 },
  };
  return {
    width: layout.width - 165,
    height,
    layer: [
      ...(Number.isFinite(floor)
        ? [
            {
              data: { values: [{ real: rounded(floor) }] },
              mark: { type: 'rule' as const, color: truth, strokeDash: [4, 3] },
              encoding: { y: { field: 'real', type: 'quantitative' as const } },
            },
          ]
        : []),
      {
        data: { values: rows },
        mark: { type: 'area' as const, fillOpacity: 0.16 },
        encoding: {
          x,
          y: { field: 'low', type: 'quantitative' as const },
          y2: { field: 'high' },
          color: colour,
        },
      },
      {
        data: { values: rows },
        mark: { type: 'line' as const, strokeWidth: 2 },
        encoding: {
          x,
          y: {
            field: 'mean',
            type: 'quantitative' as const,
            scale: { domain: [0, high], nice: false },
            axis: { title, tickCount: 5, ...(unit === 'share' && { format: '%' }) },
          },
          color: colour,
          tooltip: [
            { field: 'group', type: 'nominal' as const, title: 'method' },
            { field: 'step', type: 'quantitative' as const, format: ',' },
            { field: 'mean', type: 'quantitative' as const, title: `mean ${title}`, format },
            { field: 'low', type: 'quantitative' as const, title: 'lowest seed', format },
            { field: 'high', type: 'quantitative' as const, title: 'highest seed', format },
            { field: 'seeds', type: 'quantitative' as const },
          ],
        },
      },
      {
        data: { values: labels },
        mark: { type: 'text' as const, align: 'left' as const, dx: 6, fontWeight: 'bold' as const },
        encoding: {
          x: { value: 'width' as const },
          y: { field: 'place', type: 'quantitative' as const },
          text: { field: 'group', type: 'nominal' as const },
          color: colour,
        },
      },
    ],
  };
}

/** The axis ends at all there is, not at what was reached. */
function topOf(
  groups: readonly Group[],
  { unit, better, outOf }: ColumnInfo,
  curves: readonly { curve: readonly CurvePoint[] }[],
  real: number,
): number {
  const modes = outOf ? modeCount(groups.flatMap(({ trials }) => trials)) : undefined;
  if (modes !== undefined) return modes;
  if (unit === 'share' && better === 'more') return 1;
  const highest = curves.flatMap(({ curve }) => curve.map(({ high }) => high));
  return Math.max(1e-9, ...highest, Number.isFinite(real) ? 1.05 * real : 0);
}
