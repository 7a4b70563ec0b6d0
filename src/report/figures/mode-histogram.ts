/** Draws the share of samples at each mode (or stretch of the curve) against the true weights. */

import type { Points } from '../../base/points.ts';
import { mean } from '../../base/statistics.ts';
import type { Truth } from '../../datasets/data-kind.ts';
import { nearestOnCurve } from '../../metrics/curve-coverage.ts';
import { highQualityCounts, nearestModes } from '../../metrics/numerics/nearest-modes.ts';
import { strong } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, Table } from '../report-data.ts';
import {
  colourScale,
  compared,
  figureOf,
  labelsOf,
  panels,
  panelsOf,
  type Row,
  rounded,
  samplesNote,
} from './chart.ts';
import { shown } from './learning-curve.ts';
import { cell, rowsOf } from './plane.ts';

/** Stretches of equal mass that a curve is cut into. */
const stretches = 24;
/** From this ratio of weights on, small shares would be invisible on a linear axis. */
const uneven = 8;

/** Mean share over seeds as bars, lowest to highest seed as whiskers, true weights as ticks. */
export function modeHistogramFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const [first] = main;
  const dataset = first?.truth;
  if (!dataset?.modes && !dataset?.curve) return undefined;
  const truth = dataset.modes ? [...dataset.modes.weights] : new Array<number>(stretches).fill(1 / stretches);
  const counted = main.map((group) => ({ group, shares: sharesOf(group, dataset, truth.length) }));
  const present = counted.filter(({ shares }) => shares.length > 0);
  if (present.length === 0 || truth.length < 2) return undefined;
  const groups = present.map(({ group }) => group);
  const rows = present.flatMap(({ group, shares }) => summary(group.label, shares, truth));
  const { columns, size } = panels(layout, groups.length, { least: 240, most: 3 });
  const squeezed = Math.max(...truth) / Math.min(...truth) > uneven;
  const what = dataset.modes ? 'mode' : 'stretch of the curve';
  const position = {
    x: {
      field: 'mode',
      type: 'ordinal' as const,
      scale: { paddingInner: 0.15, paddingOuter: 0.1 },
      axis: { title: what, labelAngle: 0, ticks: false, values: everyFew(truth.length) },
    },
    y: {
      field: 'mean',
      type: 'quantitative' as const,
      scale: { type: squeezed ? ('sqrt' as const) : ('linear' as const), zero: true },
      axis: { title: `share of samples${squeezed ? ' (√)' : ''}`, format: '.1~%', tickCount: 4 },
    },
  };
  return figureOf({
    name: 'mode-histogram',
    section: 'modes',
    title: dataset.modes ? 'Share of samples at each mode' : 'Share of samples along the curve',
    alt: `For each method a bar for each ${what}: the share of samples within 3σ of it, beside a mark for its true weight.`,
    note: `Bars: mean over seeds of the share of samples within 3σ, whiskers: lowest to highest seed, uncoloured marks: true weights.${squeezed ? ' The axis is a square root, for the weights are uneven.' : ''} Counted over the points of samples.csv.${samplesNote(data)}`,
    spec: {
      data: { values: rows },
      ...panelsOf(labelsOf(groups), columns),
      spec: {
        width: size,
        height: 120,
        layer: [
          {
            mark: { type: 'bar', fillOpacity: 0.8 },
            encoding: {
              ...position,
              color: { field: 'group', type: 'nominal', scale: colourScale(groups), legend: null },
              tooltip: [
                { field: 'group', type: 'nominal', title: 'method' },
                { field: 'mode', type: 'ordinal', title: what },
                { field: 'mean', type: 'quantitative', title: 'mean share', format: '.2%' },
                { field: 'low', type: 'quantitative', title: 'lowest seed', format: '.2%' },
                { field: 'high', type: 'quantitative', title: 'highest seed', format: '.2%' },
                { field: 'weight', type: 'quantitative', title: 'true weight', format: '.2%' },
              ],
            },
          },
          {
            mark: { type: 'rule', color: strong, strokeOpacity: 0.5 },
            encoding: { x: position.x, y: { ...position.y, field: 'low' }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'tick', color: strong, thickness: 2, width: { band: 0.9 } },
            encoding: { x: position.x, y: { ...position.y, field: 'weight' } },
          },
        ],
      },
    },
  });
}

/** About eight of the indices, evenly apart. */
function everyFew(count: number): number[] {
  const stride = Math.max(1, [1, 2, 5, 10, 20, 50, 100].find((by) => count / by <= 9) ?? 1);
  return Array.from({ length: Math.ceil(count / stride) }, (_, index) => index * stride);
}

/** Shares of each trial's samples, `[trials][modes]`. */
function sharesOf(group: Group, dataset: Truth, bins: number): number[][] {
  return shown(group).flatMap(({ samples }) => {
    const points = samples && generatedPoints(samples, dataset.dim);
    return points === undefined || points.count === 0
      ? []
      : [countsOf(points, dataset, bins).map((count) => count / points.count)];
  });
}

function countsOf(points: Points, { modes, curve }: Truth, bins: number): number[] {
  if (modes) return [...highQualityCounts(nearestModes(points, modes), modes)];
  const counts = new Array<number>(bins).fill(0);
  if (curve === undefined) return counts;
  for (const index of nearestOnCurve(points, curve)) {
    const bin = Math.floor((index * bins) / curve.count);
    if (index >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** All generated points of samples.csv. */
function generatedPoints(samples: Table, dim: number): Points {
  const rows = rowsOf(samples, 'generated', Number.POSITIVE_INFINITY);
  const values = new Float32Array(rows.length * dim);
  rows.forEach((row, index) => {
    for (let axis = 0; axis < dim; axis++) values[index * dim + axis] = cell(samples, `x${axis}`, row);
  });
  return { values, count: rows.length, dim };
}

function summary(group: string, shares: readonly (readonly number[])[], truth: readonly number[]): Row[] {
  return truth.map((weight, mode) => {
    const values = shares.map((share) => share[mode] ?? 0);
    return {
      group,
      mode,
      mean: rounded(mean(values)),
      low: rounded(Math.min(...values)),
      high: rounded(Math.max(...values)),
      weight: rounded(weight),
    };
  });
}
