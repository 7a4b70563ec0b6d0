/**
 * Draws what D forgets: its value at each mode's centre over the training, beside the share of G's samples that lie there. A
 * peak that falls while samples are there and rises once they are gone is the forgetting that keeps G moving.
 */
import { heatRamp, strong } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, labelsOf, packingNote, panels, rounded, settingsNote, spacing } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { levelOf } from './decision-level.ts';
import { type Films, filmNote, filmsFor, type MethodFilm, type Panel, readingNote } from './film-data.ts';

/** Up to so many modes have a panel each; more are rows of a heat map. */
const mostPanels = 8;
/** Panels that are narrower, in pixels, show nothing. */
const leastWidth = 90;

export function forgettingFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind, { truth }) => kind !== 'z' && truth.modes !== undefined, false);
  const modes = films?.first.group.truth.modes;
  if (films === undefined || modes === undefined || modes.count < 2) return undefined;
  if (!films.first.film.frames.some(({ modeScore }) => modeScore)) return undefined;
  const few = modes.count <= mostPanels && panelWidth(films, layout) >= leastWidth;
  return figureOf({
    name: 'forgetting',
    section: 'films',
    title: 'D at each mode, beside the samples there',
    alt: `For each method and mode over training steps: the discriminator's value at the mode's centre, and the share of generated samples that lie at the mode.`,
    note: `${few ? 'Line: D at the mode’s centre. Area: share of G’s samples at the mode; half-way up is the share that is due to it, the top twice that or more.' : 'Left: D at the mode’s centre. Right: share of G’s samples at the mode, dark for none, light for twice the share that is due to it or more. A row a mode.'} D is ${readingNote(films)}. ${filmNote(films)}${packingNote(data)}${settingsNote(data)}`,
    spec: few ? panelSpec(films, modes.weights, layout) : mapSpec(films, modes.weights, layout),
  });
}

/** Every frame and mode as a row: D from 0 to 1, and the share of samples over the share that is due. */
const rowsOf = (panel: Panel, weights: Float64Array) => panel.flatMap((methodFilm) => filmRows(methodFilm, weights));

function filmRows({ film, reading, group, trial: { seed } }: MethodFilm, weights: Float64Array) {
  return film.frames.flatMap(({ step, score, modeScore, modeShare }, index) => {
    const level = levelOf(reading, score);
    const next = film.frames[index + 1]?.step ?? step;
    return Array.from(weights, (weight, mode) => {
      const share = (modeShare?.[mode] ?? Number.NaN) / weight;
      return {
        group: group.label,
        seed,
        mode,
        step,
        next,
        d: rounded(level(modeScore?.[mode] ?? Number.NaN), 3),
        share: rounded(share, 3),
        half: rounded(Math.min(1, share / 2), 3),
      };
    });
  });
}

const steps = {
  field: 'step',
  type: 'quantitative' as const,
  scale: { type: 'sqrt' as const, nice: false },
  axis: { title: 'step', tickCount: 4, grid: false, format: ',d' },
};

/** What is left for each method beside the modes' names and its own axis. */
const panelWidth = ({ panels }: Films, { width }: Layout): number =>
  Math.floor((width - 50) / panels.length) - 24 - spacing;

/** Modes down, methods across. */
function panelSpec(films: Films, weights: Float64Array, layout: Layout) {
  const height = 64;
  const size = Math.min(520, panelWidth(films, layout));
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { title: null, values: [0, 0.5, 1], gridDash: [2, 3], ticks: false, domain: false, labelFontSize: 10 },
  };
  return {
    params: films.choice.params,
    data: { values: films.panels.flatMap((panel) => rowsOf(panel, weights)) },
    transform: films.choice.filter,
    facet: {
      row: {
        field: 'mode',
        type: 'ordinal' as const,
        header: { title: 'mode', labelAngle: 0, labelAlign: 'left' as const },
      },
      column: {
        field: 'group',
        type: 'nominal' as const,
        sort: labelsOf(films.panels.map(([{ group }]) => group)),
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
            fillOpacity: 0.55,
            fill: heatRamp[2] as string,
          },
          encoding: { x: steps, y: { ...y, field: 'half' } },
        },
        {
          mark: { type: 'line' as const, stroke: strong, strokeWidth: 1.5 },
          encoding: {
            x: steps,
            y: { ...y, field: 'd' },
            tooltip: [
              { field: 'step', type: 'quantitative' as const, format: ',' },
              { field: 'd', type: 'quantitative' as const, title: 'D at the centre' },
              { field: 'share', type: 'quantitative' as const, title: 'share over due' },
            ],
          },
        },
      ],
    },
  };
}

/** Two heat maps a method: D, and shares. */
function mapSpec(films: Films, weights: Float64Array, layout: Layout) {
  const { size } = panels(layout, 2, { least: 120, most: 2, own: true });
  const map = (panel: Panel, field: 'd' | 'half') => ({
    title: { text: `${panel[0].group.label}: ${field === 'd' ? 'D' : 'samples'}`, offset: 4 },
    width: size,
    height: Math.max(90, Math.min(240, weights.length * 8)),
    data: { values: rowsOf(panel, weights).filter(({ step, next }) => next > step) },
    transform: films.choice.filter,
    mark: { type: 'rect' as const, strokeWidth: 0.5 },
    encoding: {
      x: steps,
      x2: { field: 'next' },
      y: {
        field: 'mode',
        type: 'ordinal' as const,
        axis: { title: 'mode', labelOverlap: true, ticks: false, domain: false },
      },
      fill: { field, ...ramp },
      stroke: { field, ...ramp },
      tooltip: [
        { field: 'mode', type: 'ordinal' as const },
        { field: 'step', type: 'quantitative' as const, format: ',' },
        { field: 'd', type: 'quantitative' as const, title: 'D at the centre' },
        { field: 'share', type: 'quantitative' as const, title: 'share over due' },
      ],
    },
  });
  return {
    params: films.choice.params,
    columns: layout.width < 500 ? 1 : 2,
    spacing: spacing * 2,
    concat: films.panels.flatMap((panel) => [map(panel, 'd'), map(panel, 'half')]),
  };
}

/** D from 0 to 1; shares from none to twice what is due. */
const ramp = {
  type: 'quantitative' as const,
  scale: {
    domain: heatRamp.map((_, index) => index / (heatRamp.length - 1)),
    range: [...heatRamp],
  },
  legend: null,
};
