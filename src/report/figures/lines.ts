/** Draws D along the lines from x̂ = G(E(x)) to x: what the pair-wise gradient penalty asks for, and what happens without it. */

import { mean } from '../../base/statistics.ts';
import { strong } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import {
  type Axis,
  type Cell,
  colourScale,
  compared,
  figureOf,
  type Layer,
  noiseNote,
  packingNote,
  panels,
  type Row,
  rounded,
  settingsNote,
  spacing,
} from './chart.ts';
import { cell } from './plane.ts';
import { seedChoice } from './seed-choice.ts';

/** Thin lines drawn; the mean is over all. */
const mostLines = 24;

interface Place {
  readonly line: number;
  readonly t: number;
  readonly rise: number;
  readonly slope: number;
}

/**
 * Upper panels: D's logit less its value at x̂; lower ones: its slope towards x in the units that networks see, where the
 * penalty asks for 1 (`slope` of lines.csv is per data unit: there it asks for `data.scale`).
 */
export function linesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const groups = main.filter(({ trials }) => trials.some((trial) => placesOf(trial).length > 0));
  const [first] = groups;
  if (first === undefined) return undefined;
  const choice = seedChoice(groups, (trial) => placesOf(trial).length > 0, 3);
  const { columns, size } = panels(layout, groups.length, { least: 200, most: 3, own: true });
  const { scale } = first.truth;
  const slopes = groups.flatMap((group) =>
    choice.of(group).flatMap((trial) => placesOf(trial).map(({ slope }) => slope)),
  );
  return figureOf({
    name: 'lines',
    section: 'discriminator',
    title: 'D along the lines from x̂ = G(E(x)) to x',
    alt: 'For each method with an encoder, two panels over the way t from the reconstruction to the original: how far D has risen, and its slope, with a dashed line at the slope of 1 that the penalty asks for.',
    note: `Thin: single real points x, thick: their mean; t = 0 at x̂, 1 at x. Slope in units that networks see: the penalty asks for 1 there${scale === 1 ? '' : `, which is ${scale} per data unit (data × ${scale})`}.${choice.omitted}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: {
      params: choice.params,
      concat: groups.map((group) =>
        pair(group, choice.of(group), size, choice.filter, limitsOf(slopes), scale, groups),
      ),
      columns,
      spacing,
    },
  });
}

function pair(
  group: Group,
  trials: readonly ReportTrial[],
  width: number,
  filter: { filter: string }[],
  limits: [number, number],
  scale: number,
  groups: readonly Group[],
) {
  const values = trials.map((trial) => rowOf(group.label, trial));
  const color = { field: 'group', type: 'nominal' as const, scale: colourScale(groups), legend: null };
  const x = (last: boolean) => ({
    field: 't',
    type: 'quantitative' as const,
    scale: { domain: [0, 1], nice: false },
    axis: {
      title: null,
      values: [0, 0.5, 1],
      labels: last,
      labelExpr: "datum.value === 0 ? 'G(E(x))' : datum.value === 1 ? 'x' : datum.label",
      format: '.2~f',
    },
  });
  const panel = (field: 'rise' | 'slope', y: Axis, last: boolean, under: Layer[]) => ({
    width,
    height: 130,
    ...(last ? {} : { title: group.label }),
    layer: [
      ...under,
      {
        data: { values },
        transform: [...filter, { flatten: ['line', 't', 'rise', 'slope'] }],
        mark: { type: 'line' as const, strokeWidth: 1, strokeOpacity: 0.22, clip: true },
        encoding: {
          x: x(last),
          y: { field, type: 'quantitative' as const, ...y },
          color: { ...color, field: 'group' },
          detail: { field: 'line', type: 'nominal' as const },
        },
      },
      {
        data: { values },
        transform: [...filter, { flatten: ['meanT', 'meanRise', 'meanSlope'] }],
        mark: { type: 'line' as const, strokeWidth: 3, clip: true, point: { size: 22, filled: true } },
        encoding: {
          x: { ...x(last), field: 'meanT' },
          y: { field: field === 'rise' ? 'meanRise' : 'meanSlope', type: 'quantitative' as const, ...y },
          color,
          tooltip: [
            { field: 'meanT', type: 'quantitative' as const, title: 't' },
            { field: 'meanRise', type: 'quantitative' as const, title: 'mean rise of D', format: '.3~r' },
            { field: 'meanSlope', type: 'quantitative' as const, title: 'mean slope', format: '.3~r' },
          ],
        },
      },
    ],
  });
  const slopeAxis = {
    scale: { type: 'symlog' as const, constant: 1, domain: limits, nice: false },
    axis: {
      title: 'slope towards x',
      values: [-100, -10, -1, 0, 1, 10, 100].filter((v) => v >= limits[0] && v <= limits[1]),
    },
  };
  return {
    vconcat: [
      panel('rise', { axis: { title: 'rise of D', tickCount: 4 }, scale: { zero: false } }, false, []),
      panel('slope', slopeAxis, true, [
        {
          data: { values: [{ target: 1 }] },
          mark: {
            type: 'rule' as const,
            color: strong,
            strokeDash: [4, 3],
            tooltip: `what the penalty asks for: 1 (${scale} per data unit)`,
          },
          encoding: { y: { field: 'target', type: 'quantitative' as const, ...slopeAxis } },
        },
      ]),
    ],
    spacing: 8,
  };
}

function placesOf({ lines, truth: { scale } }: ReportTrial): Place[] {
  if (lines === undefined) return [];
  const start = new Map<number, number>();
  return Array.from({ length: lines.count }, (_, index): Place => {
    const [line, t, score] = ['line', 't', 'score'].map((column) => cell(lines, column, index)) as [
      number,
      number,
      number,
    ]; // three in, three out
    if (!start.has(line)) start.set(line, score);
    return { line, t, rise: score - (start.get(line) ?? score), slope: cell(lines, 'slope', index) / scale };
  }).filter(({ t, rise }) => Number.isFinite(t) && Number.isFinite(rise));
}

function rowOf(label: string, trial: ReportTrial): Row {
  const places = placesOf(trial);
  const times = [...new Set(places.map(({ t }) => t))].sort((a, b) => a - b);
  const meanOf = (pick: (place: Place) => number): Cell[] =>
    times.map((time) =>
      rounded(
        mean(
          places
            .filter(({ t }) => t === time)
            .map(pick)
            .filter(Number.isFinite),
        ),
      ),
    );
  const drawn = places.filter(({ line }) => line < mostLines);
  return {
    group: label,
    seed: trial.seed,
    line: drawn.map(({ line }) => line),
    t: drawn.map(({ t }) => rounded(t)),
    rise: drawn.map(({ rise }) => rounded(rise, 3)),
    slope: drawn.map(({ slope }) => rounded(slope, 3)),
    meanT: times.map((t) => rounded(t)),
    meanRise: meanOf(({ rise }) => rise),
    meanSlope: meanOf(({ slope }) => slope),
  };
}

/** What holds nearly all slopes, and 0 and 1 with room about them. */
function limitsOf(slopes: readonly number[]): [number, number] {
  const sorted = slopes.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [Math.min(-1, Math.floor(at(0.01))), Math.max(3, Math.ceil(at(0.99)))];
}
