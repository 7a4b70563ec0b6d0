/** Draws one-dimensional data: each method's histogram over the data's, and D's curve above it where it was recorded. */
import { significant } from '../../base/number-words.ts';
import { truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial, Table } from '../report-data.ts';
import {
  type Cell,
  colourScale,
  compared,
  figureOf,
  panels,
  type Row,
  rounded,
  samplesNote,
  spacing,
} from './chart.ts';
import { cell, extent, hasRows, rowsOf } from './plane.ts';
import { seedChoice } from './seed-choice.ts';

const bins = 120;

/** A histogram a method; narrow modes make high bars, so the axis is a square root. */
export function lineDataFigure(data: ReportData, layout: Layout): Figure | undefined {
  const groups = compared(data).filter(({ trials }) => trials.some((trial) => hasRows(trial, 'generated')));
  const [first] = groups;
  const dataset = first?.truth;
  if (dataset?.dim !== 1) return undefined;
  const choice = seedChoice(groups, (trial) => hasRows(trial, 'generated'));
  const range = frameOf(
    extent(dataset, 0),
    groups.flatMap((group) => choice.of(group)),
  );
  const { columns, size } = panels(layout, groups.length, { least: 240, most: 3, own: true });
  const isCurved = (group: Group) => choice.of(group).some(({ landscape }) => curveOf(landscape) !== undefined);
  const curved = groups.some(isCurved);
  const x = (last: boolean) => ({
    type: 'quantitative' as const,
    scale: { domain: range, nice: false },
    axis: { title: last ? 'x' : null, labels: last, tickCount: 6 },
  });
  const color = { field: 'group', type: 'nominal' as const, scale: colourScale(groups), legend: null };
  const bar = (set: 'real' | 'generated') => ({
    transform: [...choice.filter, { flatten: ['from', 'to', 'real', 'generated'] }],
    mark:
      set === 'real'
        ? { type: 'bar' as const, color: truth, fillOpacity: 0.45, binSpacing: 0 }
        : { type: 'bar' as const, fillOpacity: 0.75, binSpacing: 0 },
    encoding: {
      x: { ...x(true), field: 'from', bin: 'binned' as const },
      x2: { field: 'to' },
      y: {
        field: set,
        type: 'quantitative' as const,
        scale: { type: 'sqrt' as const },
        axis: { title: 'share (√)', format: '.1~%', tickCount: 4 },
      },
      ...(set === 'generated' && { color }),
      tooltip: [
        { field: 'from', type: 'quantitative' as const, format: '.3~r' },
        { field: 'to', type: 'quantitative' as const, format: '.3~r' },
        { field: 'real', type: 'quantitative' as const, format: '.2%' },
        { field: 'generated', type: 'quantitative' as const, format: '.2%' },
      ],
    },
  });
  const outside = (values: Row[]) => ({
    data: { values: values.map(({ seed = null, outside: words = '' }) => ({ seed, outside: words })) },
    transform: choice.filter,
    mark: { type: 'text' as const, align: 'left' as const, baseline: 'top' as const, dx: 4, dy: 4, fontSize: 11 },
    encoding: { x: { value: 0 }, y: { value: 0 }, text: { field: 'outside', type: 'nominal' as const } },
  });
  const panel = (group: Group) => {
    const values = choice.of(group).map((trial) => rowOf(group.label, trial, range));
    const histogram = {
      width: size,
      height: 130,
      data: { values },
      layer: [bar('real'), bar('generated'), outside(values)],
    };
    if (!isCurved(group)) return { ...histogram, title: group.label };
    return {
      spacing: 6,
      vconcat: [
        {
          title: group.label,
          width: size,
          height: 90,
          data: { values },
          transform: [...choice.filter, { flatten: ['at', 'score'] }],
          mark: { type: 'line' as const, clip: true, strokeWidth: 2 },
          encoding: {
            x: { ...x(false), field: 'at' },
            y: {
              field: 'score',
              type: 'quantitative' as const,
              scale: { zero: false },
              axis: { title: 'D’s logit', tickCount: 3 },
            },
            color,
            tooltip: [
              { field: 'at', type: 'quantitative' as const, title: 'x', format: '.3~r' },
              { field: 'score', type: 'quantitative' as const, title: 'D', format: '.3~r' },
            ],
          },
        },
        histogram,
      ],
    };
  };
  return figureOf({
    name: 'line-data',
    section: curved ? 'discriminator' : 'samples',
    title: curved ? 'D’s curve over real and generated' : 'Real and generated',
    alt: `For each method ${curved ? 'the curve of the discriminator’s logit over x, and below it ' : ''}a histogram of generated points in colour over that of real ones in grey.`,
    note: `Grey: real, colour: generated, shares in ${bins} bins on a square-root axis.${choice.omitted}${samplesNote(data)}`,
    spec: { params: choice.params, concat: groups.map(panel), columns, spacing },
  });
}

/** Room for the data, and for nearly all that is generated where it is not too far away for the data to be seen. */
function frameOf({ low, high }: { low: number; high: number }, trials: readonly ReportTrial[]): [number, number] {
  const width = high - low;
  const sides = trials.flatMap(({ samples }) => {
    const rows = rowsOf(samples, 'generated', Number.POSITIVE_INFINITY);
    const sorted = rows
      .map((row) => (samples ? cell(samples, 'x0', row) : Number.NaN))
      .filter((value) => value > low - 3 * width && value < high + 3 * width)
      .sort((a, b) => a - b);
    return [0.02, 0.98].flatMap((share) => sorted[Math.round(share * (sorted.length - 1))] ?? []);
  });
  const margin = width / 16;
  const round = (value: number) => significant(value, 4);
  return [
    round(Math.min(low, ...sides.map((x) => x - margin))),
    round(Math.max(high, ...sides.map((x) => x + margin))),
  ];
}

function rowOf(group: string, { seed, samples, landscape }: ReportTrial, [low, high]: [number, number]): Row {
  const width = (high - low) / bins;
  const shares = (set: 'real' | 'generated'): Cell[] => {
    const rows = rowsOf(samples, set, Number.POSITIVE_INFINITY);
    const counts = new Array<number>(bins).fill(0);
    for (const row of rows) {
      const bin = samples ? Math.floor((cell(samples, 'x0', row) - low) / width) : -1;
      if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((count) => rounded(count / Math.max(1, rows.length)));
  };
  const edges = (offset: number) => Array.from({ length: bins }, (_, bin) => rounded(low + (bin + offset) * width));
  const curve = curveOf(landscape);
  const generated = shares('generated');
  const within = generated.reduce<number>((sum, share) => sum + Number(share), 0);
  return {
    group,
    seed,
    outside: within > 0.995 ? '' : `${(100 * (1 - within)).toFixed(0)} % outside`,
    from: edges(0),
    to: edges(1),
    real: shares('real'),
    generated,
    at: curve?.at ?? [],
    score: curve?.score ?? [],
  };
}

/** D over x; `undefined` where D was recorded over something else. */
function curveOf(landscape: Table | undefined): { at: Cell[]; score: Cell[] } | undefined {
  const { x0, score, z0, x1 } = landscape?.numbers ?? {};
  if (x0 === undefined || score === undefined || z0 !== undefined || x1 !== undefined) return undefined;
  if (!score.some((value, index) => Number.isFinite(value) && Number.isFinite(x0[index]))) return undefined;
  return { at: Array.from(x0, (value) => rounded(value)), score: Array.from(score, (value) => rounded(value)) };
}
