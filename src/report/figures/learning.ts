/** Draws what the training steps logged: losses, D's mean on real and generated, gradient norms, a thin line for each seed. */

import { significant } from '../../base/number-words.ts';
import { strong, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { trainingLog } from '../training-log.ts';
import { type Cell, compared, figureOf, ownAxes, panels, type Row, rounded, settingsNote } from './chart.ts';
import { shown } from './learning-curve.ts';

/** Seeds in one panel: more lines hide each other. */
const mostSeeds = 5;
/** Gradient norms below are drawn at this: a logarithmic axis has no zero. */
const least = 1e-6;
/** Points of a line: each the mean of the logged values that it stands for. */
const mostPoints = 100;

interface Plot {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  /** The two columns drawn, with their names; the second in the method's colour. */
  readonly columns: readonly [readonly [string, string], readonly [string, string]];
  readonly says: string;
}

const losses: Plot = {
  name: 'losses',
  title: 'Losses of D and G',
  axis: 'loss',
  columns: [
    ['lossD', 'D'],
    ['lossG', 'G (and E)'],
  ],
  says: 'the losses of the discriminator and of the generator',
};
const scores: Plot = {
  name: 'scores',
  title: 'D’s mean on real and generated',
  axis: 'D’s logit',
  columns: [
    ['scoreReal', 'real'],
    ['scoreFake', 'generated'],
  ],
  says: 'the discriminator’s mean logit on real and on generated examples: far apart, it tells them apart',
};
const gradients: Plot = {
  name: 'gradients',
  title: 'Gradient norms',
  axis: 'gradient norm',
  columns: [
    ['gradientD', 'D'],
    ['gradientG', 'G (and E)'],
  ],
  says: 'the norms of the gradients that the discriminator and the generator are moved by, on a logarithmic axis',
};

export const lossesFigure = (data: ReportData, layout: Layout): Figure | undefined => learning(data, layout, losses);
export const scoresFigure = (data: ReportData, layout: Layout): Figure | undefined => learning(data, layout, scores);
export const gradientsFigure = (data: ReportData, layout: Layout): Figure | undefined =>
  learning(data, layout, gradients);

function learning(data: ReportData, layout: Layout, plot: Plot): Figure | undefined {
  const groups = compared(data).filter((group) => shown(group).some((trial) => rowsOf(trial, plot).length > 0));
  if (groups.length === 0) return undefined;
  const { columns, size } = panels(layout, groups.length, { least: 200, most: 3, own: true });
  const logarithmic = plot === gradients;
  const [[, first], [, second]] = plot.columns;
  const left = groups.some(({ trials }) => trials.length > mostSeeds) ? ` The first ${mostSeeds} seeds.` : '';
  return figureOf({
    name: plot.name,
    section: 'learning',
    title: plot.title,
    alt: `For each method over training steps: ${plot.says}.`,
    note: `A line a seed: uncoloured ${first}, coloured ${second}.${logarithmic ? ` Logarithmic axis; what is below ${least} is drawn there.` : ' Each method on its own scale.'}${left}${settingsNote(data)}`,
    spec: {
      concat: groups.map((group, index) => panel(group, plot, size, index % columns === 0)),
      columns,
      ...ownAxes,
    },
  });
}

/** `first` in its row: the others' titles would stand in their neighbours. */
function panel(group: Group, plot: Plot, width: number, first: boolean) {
  const logarithmic = plot === gradients;
  const values = shown(group)
    .slice(0, mostSeeds)
    .flatMap((trial) => rowsOf(trial, plot));
  const [[, one]] = plot.columns;
  const plain = plot === scores ? truth : strong;
  return {
    title: group.label,
    width,
    height: 130,
    data: { values },
    transform: [
      { flatten: ['step', 'value'] },
      ...(logarithmic ? [{ calculate: `max(datum.value, ${least})`, as: 'value' }] : []),
    ],
    mark: { type: 'line' as const, strokeWidth: 1.3, strokeOpacity: 0.8, clip: true },
    encoding: {
      x: {
        field: 'step',
        type: 'quantitative' as const,
        scale: { domain: [0, group.spec.training.steps], nice: false },
        axis: { title: 'training step', tickCount: 4 },
      },
      y: {
        field: 'value',
        type: 'quantitative' as const,
        scale: logarithmic ? { type: 'log' as const } : { zero: false, ...robust(values) },
        axis: { title: first ? plot.axis : null, tickCount: 4, ...(logarithmic && shortPowers) },
      },
      color: { condition: { test: `datum.kind === '${one}'`, value: plain }, value: group.colour },
      detail: [
        { field: 'seed', type: 'nominal' as const },
        { field: 'kind', type: 'nominal' as const },
      ],
      tooltip: [
        { field: 'kind', type: 'nominal' as const, title: plot.axis },
        { field: 'seed', type: 'quantitative' as const },
        { field: 'step', type: 'quantitative' as const, format: ',' },
        { field: 'value', type: 'quantitative' as const, format: '.4~r' },
      ],
    },
  };
}

/** Powers of ten alone, 0.000001 as 1e-6. */
const shortPowers = {
  values: Array.from({ length: 13 }, (_, index) => Number(`1e${index - 6}`)),
  labelExpr: "format(datum.value, datum.value < 0.01 ? '.0e' : '~r')",
};

/** A row a line: its steps and values as lists. */
function rowsOf(trial: ReportTrial, { columns }: Plot): Row[] {
  const log = trainingLog(trial);
  return columns.flatMap(([column, kind]) => {
    const values = log.columns[column];
    if (values === undefined || !values.some(Number.isFinite)) return [];
    const stride = Math.max(1, Math.ceil(log.steps.length / mostPoints));
    const step: Cell[] = [];
    const value: Cell[] = [];
    for (let at = 0; at < log.steps.length; at += stride) {
      const part = values.slice(at, at + stride).filter(Number.isFinite);
      step.push(log.steps[Math.min(at + stride, log.steps.length) - 1] as number);
      value.push(rounded(part.reduce((sum, one) => sum + one, 0) / part.length));
    }
    return [{ kind, seed: trial.seed, step, value }];
  });
}

/** A scale that a few wild values at the start do not flatten: 1st to 99th percentile with a margin. */
function robust(rows: readonly Row[]): { domain?: [number, number] } {
  const numbers = rows
    .flatMap(({ value }) => (Array.isArray(value) ? value : []))
    .filter((value): value is number => typeof value === 'number')
    .sort((a, b) => a - b);
  const [low, high] = [0.01, 0.99].map((share) => numbers[Math.round(share * (numbers.length - 1))] ?? 0) as [
    number,
    number,
  ]; // two in, two out
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  return numbers.length === 0 ? {} : { domain: [significant(low - margin, 3), significant(high + margin, 3)] };
}
