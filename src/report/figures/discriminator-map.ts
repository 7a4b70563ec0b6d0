/** Draws D's logit at every place as a heat map with its gradient as arrows: over two-dimensional data, or latents. */
import { onHeat } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial, Table } from '../report-data.ts';
import { type Field, fieldOf } from './bands.ts';
import {
  type Cell,
  figureOf,
  labelsOf,
  noiseNote,
  packingNote,
  panels,
  panelsOf,
  type Row,
  rounded,
  settingsNote,
} from './chart.ts';
import { levels, mapLayer, mapLists, mapWords } from './score-map.ts';
import { panelsWith } from './seed-choice.ts';

/** Arrows along a side. */
const arrows = 11;
/** A map is heavy: seeds to choose from. */
const mostSeeds = 3;

/** A panel a method. Arrows show where D rises; longer and clearer where it rises faster. Mode centres as rings. */
export function discriminatorMapFigure(data: ReportData, layout: Layout): Figure | undefined {
  const chosen = panelsWith(data, (trial) => mapOf(trial) !== undefined, mostSeeds);
  if (chosen === undefined) return undefined;
  const { groups, first, choice } = chosen;
  const rows = groups.flatMap((group) => choice.of(group).flatMap((trial) => rowOf(group, trial)));
  const [sample] = groups.flatMap((group) => choice.of(group));
  const field = sample && mapOf(sample);
  if (field === undefined) return undefined;
  const [across, up] = field.sides;
  const overData = across.name === 'x0';
  const { modes } = first.truth;
  const { columns, size } = panels(layout, groups.length, { least: 140, most: 3 });
  const axis = ({ name, places }: Field['sides'][number]) => ({
    type: 'quantitative' as const,
    scale: { domain: [places[0] as number, places.at(-1) as number], nice: false, zero: false },
    axis: { title: overData ? null : name, tickCount: 5, grid: false },
  });
  const axes = { x: axis(across), y: axis(up) };
  return figureOf({
    name: 'discriminator-map',
    section: 'discriminator',
    title: overData ? 'D over the data' : 'D over the latents',
    alt: `For each method the discriminator's logit as a heat map${overData ? ', with arrows along its gradient and rings at the centres of the modes' : ''}.`,
    note: `${mapWords}.${overData ? ' Arrows: D’s gradient with respect to x, clearer where it is larger. For methods with an encoder D(x, E(x)).' : ''}${overData && modes ? ' Rings: centres of modes.' : ''}${choice.omitted}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: {
      params: choice.params,
      data: { values: rows },
      ...panelsOf(labelsOf(groups), columns),
      spec: {
        width: size,
        height: size,
        layer: [
          mapLayer(choice.filter, axes),
          ...(overData && modes
            ? [
                {
                  data: {
                    values: Array.from({ length: modes.count }, (_, mode) => ({
                      x: rounded(modes.centres[2 * mode]),
                      y: rounded(modes.centres[2 * mode + 1]),
                    })),
                  },
                  mark: { type: 'point' as const, size: 34, stroke: onHeat.dark, strokeWidth: 1.2, filled: false },
                  encoding: { x: { ...axes.x, field: 'x' }, y: { ...axes.y, field: 'y' } },
                },
              ]
            : []),
          ...(overData
            ? [
                {
                  transform: [
                    ...choice.filter,
                    { flatten: ['arrowX', 'arrowY', 'angle', 'strength', 'light'] },
                    { filter: 'isValid(datum.angle)' },
                  ],
                  mark: {
                    type: 'point' as const,
                    shape: 'arrow',
                    filled: true,
                    size: Math.round((size / arrows) ** 2 * 0.45),
                  },
                  encoding: {
                    x: { ...axes.x, field: 'arrowX' },
                    y: { ...axes.y, field: 'arrowY' },
                    angle: { field: 'angle', type: 'quantitative' as const, scale: null },
                    fillOpacity: { field: 'strength', type: 'quantitative' as const, scale: null },
                    color: {
                      condition: { test: 'datum.light', value: onHeat.light },
                      value: onHeat.dark,
                    },
                    tooltip: [
                      { field: 'arrowX', type: 'quantitative' as const, title: 'x0' },
                      { field: 'arrowY', type: 'quantitative' as const, title: 'x1' },
                      { field: 'angle', type: 'quantitative' as const, title: 'direction (° from up)', format: '.0f' },
                    ],
                  },
                },
              ]
            : []),
        ],
      },
    },
  });
}

function mapOf({ landscape }: ReportTrial): Field | undefined {
  if (landscape === undefined) return undefined;
  return fieldOf(landscape, 'x0', 'x1') ?? fieldOf(landscape, 'z0', 'z1');
}

function rowOf(group: Group, trial: ReportTrial): Row[] {
  const field = mapOf(trial);
  if (field === undefined || trial.landscape === undefined) return [];
  const map = mapLists(field);
  return [{ group: group.label, seed: trial.seed, ...map, ...arrowLists(field, trial.landscape, map) }];
}

/** Arrows at every few places of the grid: clockwise angle from up, and strength from 0.25 to 1 by the gradient's norm. */
function arrowLists(
  { sides: [first, second], score }: Field,
  { numbers }: Table,
  { low, high }: Readonly<Record<string, Cell | readonly Cell[]>>,
) {
  const { g0, g1 } = numbers;
  if (g0 === undefined || g1 === undefined) return {};
  const norms = Array.from(g0, (g, index) => Math.hypot(g, g1[index] as number));
  const sorted = norms.filter(Number.isFinite).sort((a, b) => a - b);
  const large = sorted[Math.floor(0.9 * (sorted.length - 1))] ?? 0;
  const rows: { x: Cell; y: Cell; angle: Cell; strength: Cell; light: boolean }[] = [];
  for (const i of everyFew(first.places.length)) {
    for (const j of everyFew(second.places.length)) {
      const at = i * second.places.length + j;
      const norm = norms[at] as number;
      const level = ((score[at] as number) - Number(low)) / (Number(high) - Number(low));
      rows.push({
        x: rounded(first.places[i], 3),
        y: rounded(second.places[j], 3),
        angle: norm > 0 ? Math.round((Math.atan2(g0[at] as number, g1[at] as number) * 180) / Math.PI) : null,
        strength: rounded(large > 0 ? 0.25 + 0.75 * Math.min(1, norm / large) : 0, 2),
        light: level > 8 / levels,
      });
    }
  }
  return {
    arrowX: rows.map(({ x }) => x),
    arrowY: rows.map(({ y }) => y),
    angle: rows.map(({ angle }) => angle),
    strength: rows.map(({ strength }) => strength),
    light: rows.map(({ light }) => light),
  };
}

/** Indices about evenly apart, as many as arrows fit a side, none at the edges. */
function everyFew(count: number): number[] {
  const wanted = Math.min(arrows, count);
  return Array.from({ length: wanted }, (_, index) => Math.floor(((index + 0.5) * count) / wanted));
}
