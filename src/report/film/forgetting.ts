/**
 * What D forgets: its value at each mode's centre over the training, beside the share of G's samples that lie there. A peak
 * that falls while samples are there and rises once they are gone is the forgetting that keeps G moving.
 */
import { makeDataset } from '../../datasets/make-dataset.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, labelsOf, panels, rounded, settingsNote, spacing } from '../figures/chart.ts';
import type { ReportData } from '../load.ts';
import { heatRamp, strong } from '../palette.ts';
import { levelOf, readingWords } from './level.ts';
import { type Reel, reelNote, reelsOf } from './reel.ts';

/** Up to so many modes have a panel each; more are rows of a heat map. */
const mostPanels = 8;

export function forgettingFigure(data: ReportData, layout: Layout): Figure | undefined {
  const reels = reelsOf(data, (kind) => kind !== 'z').filter(({ film }) =>
    film.frames.some(({ modeScore }) => modeScore),
  );
  const [first] = reels;
  const modes = first && makeDataset(first.group.spec.data).modes;
  if (first === undefined || modes === undefined || modes.count < 2) return undefined;
  const few = modes.count <= mostPanels;
  const readings = [...new Set(reels.map(({ reading }) => readingWords[reading]))];
  return figureOf({
    name: 'forgetting',
    section: 'films',
    title: 'D at each mode, beside the samples there',
    alt: `For each method and mode over training steps: the discriminator's value at the mode's centre, and the share of generated samples that lie at the mode.`,
    note: `${few ? 'Line and left axis: D at the mode’s centre. Area and right axis: share of G’s samples at the mode, as a multiple of the share that is due to it, cut off at 2.' : 'Left: D at the mode’s centre. Right: share of G’s samples at the mode, as a multiple of the share that is due to it. A row a mode.'} D is ${readings.join('; ')}. ${reelNote(reels)}${settingsNote(data)}`,
    spec: few ? panelSpec(reels, modes.weights, layout) : mapSpec(reels, modes.weights, layout),
  });
}

/** Every frame and mode as a row: D from 0 to 1, and the share of samples over the share that is due. */
function rowsOf({ film, reading, group }: Reel, weights: Float64Array) {
  return film.frames.flatMap(({ step, score, modeScore, modeShare }, index) => {
    const level = levelOf(reading, score);
    const next = film.frames[index + 1]?.step ?? step;
    return Array.from(weights, (weight, mode) => ({
      group: group.label,
      mode,
      step,
      next,
      d: rounded(level(modeScore?.[mode] ?? Number.NaN), 3),
      share: rounded(Math.min(2, (modeShare?.[mode] ?? Number.NaN) / weight), 3),
    }));
  });
}

const steps = {
  field: 'step',
  type: 'quantitative' as const,
  scale: { type: 'sqrt' as const, nice: false },
  axis: { title: 'step', tickCount: 4, grid: false, format: ',' },
};

/** Modes down, methods across. */
function panelSpec(reels: readonly Reel[], weights: Float64Array, { width }: Layout) {
  const columns = reels.length;
  const height = 64;
  const size = Math.max(90, Math.min(520, Math.floor((width - 50) / columns) - 40 - spacing));
  const y = (values: number[], axis: object) => ({
    type: 'quantitative' as const,
    scale: { domain: [0, Math.max(...values)] },
    axis: { title: null, values, grid: false, ticks: false, domain: false, labelFontSize: 10, ...axis },
  });
  const due = y([0, 1, 2], { orient: 'right', labelExpr: "datum.value + '×'" });
  return {
    data: { values: reels.flatMap((reel) => rowsOf(reel, weights)) },
    facet: {
      row: {
        field: 'mode',
        type: 'ordinal' as const,
        header: { title: 'mode', labelAngle: 0, labelAlign: 'left' as const },
      },
      column: {
        field: 'group',
        type: 'nominal' as const,
        sort: labelsOf(reels.map(({ group }) => group)),
        header: { title: null },
      },
    },
    spacing: { row: 10, column: spacing },
    spec: {
      width: size,
      height,
      layer: [
        {
          mark: {
            type: 'area' as const,
            interpolate: 'step-after' as const,
            opacity: 0.55,
            fill: heatRamp[2] as string,
          },
          encoding: { x: steps, y: { ...due, field: 'share' } },
        },
        {
          mark: { type: 'line' as const, stroke: strong, strokeWidth: 1.5 },
          encoding: {
            x: steps,
            y: { ...y([0, 1], { orient: 'left' }), field: 'd' },
            tooltip: [
              { field: 'step', type: 'quantitative' as const, format: ',' },
              { field: 'd', type: 'quantitative' as const, title: 'D at the centre' },
              { field: 'share', type: 'quantitative' as const, title: 'share over due' },
            ],
          },
        },
      ],
      resolve: { scale: { y: 'independent' as const } },
    },
  };
}

/** Two heat maps a method: D, and shares. */
function mapSpec(reels: readonly Reel[], weights: Float64Array, layout: Layout) {
  const { size } = panels(layout, 2, { least: 120, most: 2, own: true });
  const map = (reel: Reel, field: 'd' | 'share') => ({
    title: { text: `${reel.group.label}: ${field === 'd' ? 'D' : 'samples'}`, offset: 4 },
    width: size,
    height: Math.max(90, Math.min(240, weights.length * 8)),
    data: { values: rowsOf(reel, weights).filter(({ step, next }) => next > step) },
    mark: { type: 'rect' as const, strokeWidth: 0.5 },
    encoding: {
      x: steps,
      x2: { field: 'next' },
      y: {
        field: 'mode',
        type: 'ordinal' as const,
        axis: { title: 'mode', labelOverlap: true, ticks: false, domain: false },
      },
      fill: { field, ...ramp(field) },
      stroke: { field, ...ramp(field) },
      tooltip: [
        { field: 'mode', type: 'ordinal' as const },
        { field: 'step', type: 'quantitative' as const, format: ',' },
        { field: 'd', type: 'quantitative' as const, title: 'D at the centre' },
        { field: 'share', type: 'quantitative' as const, title: 'share over due' },
      ],
    },
  });
  return {
    columns: layout.width < 500 ? 1 : 2,
    spacing: spacing * 2,
    concat: reels.flatMap((reel) => [map(reel, 'd'), map(reel, 'share')]),
    resolve: { scale: { fill: 'independent' as const, stroke: 'independent' as const } },
  };
}

/** D from 0 to 1, shares from none to twice what is due. */
const ramp = (field: 'd' | 'share') => ({
  type: 'quantitative' as const,
  scale: {
    domain: heatRamp.map((_, index) => (index * (field === 'd' ? 1 : 2)) / (heatRamp.length - 1)),
    range: [...heatRamp],
  },
  legend: null,
});
