/** Draws the authors' own figure, for 1-D data and a 1-D latent: D over (x, z) with (G(z), z) and (x, E(x)) on it. */

import { grounds } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { type Field, fieldOf } from './bands.ts';
import {
  type Axis,
  figureOf,
  labelsOf,
  noiseNote,
  packingNote,
  panels,
  panelsOf,
  type Row,
  settingsNote,
} from './chart.ts';
import { inside, lists, type Region, rowsOf } from './plane.ts';
import { mapLayer, mapLists, mapWords } from './score-map.ts';
import { panelsWith } from './seed-choice.ts';

const points = 400;
const mostSeeds = 3;
/** What lies on the map: legible on its dark and its light half. */
const kinds = { domain: ['generated (G(z), z)', 'encoded (x, E(x))'], range: ['#ff7f2a', '#ff5fd2'] };

export function discriminatorXzFigure(data: ReportData, layout: Layout): Figure | undefined {
  const chosen = panelsWith(data, (trial) => pairField(trial) !== undefined, mostSeeds);
  if (chosen === undefined) return undefined;
  const { groups, choice } = chosen;
  const [field] = groups.flatMap((group) => choice.of(group).flatMap((trial) => pairField(trial) ?? []));
  if (field === undefined) return undefined;
  const { columns, size } = panels(layout, groups.length, { least: 140, most: 3 });
  const [across, up] = field.sides;
  const region: Region = { x: ends(across.places), y: ends(up.places) };
  const axes = { x: axis(region.x, 'x'), y: axis(region.y, 'z') };
  const scatter = (kind: 0 | 1, x: string, z: string, dot: number) => ({
    transform: [
      ...choice.filter,
      { flatten: [x, z] },
      { calculate: `datum.${x}`, as: 'x' },
      { calculate: `datum.${z}`, as: 'y' },
      { calculate: `'${kinds.domain[kind]}'`, as: 'kind' },
      inside(region),
    ],
    mark: { type: 'circle' as const, size: dot, stroke: grounds.dark, strokeWidth: 0.5, clip: true },
    encoding: {
      x: { ...axes.x, field: 'x' },
      y: { ...axes.y, field: 'y' },
      color: {
        field: 'kind',
        type: 'nominal' as const,
        scale: kinds,
        legend: { title: null, ...(layout.width < 500 && { direction: 'vertical' as const }) },
      },
      tooltip: [
        { field: 'kind', type: 'nominal' as const },
        { field: 'x', type: 'quantitative' as const },
        { field: 'y', type: 'quantitative' as const, title: 'z' },
      ],
    },
  });
  return figureOf({
    name: 'discriminator-xz',
    section: 'discriminator',
    title: 'D over (X, Z)',
    alt: 'For each method with an encoder the discriminator’s logit over data and latent as a heat map, with the pairs (G(z), z) and (x, E(x)) on it: where both lie on one curve, encoder and generator undo each other.',
    note: `${mapWords}. Where the two kinds of points lie on each other, D has nothing to tell apart.${choice.omitted}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: {
      params: choice.params,
      data: { values: groups.flatMap((group) => choice.of(group).flatMap((trial) => rowOf(group, trial))) },
      ...panelsOf(labelsOf(groups), columns),
      spec: {
        width: size,
        height: size,
        layer: [mapLayer(choice.filter, axes), scatter(1, 'rx', 'rz', 60), scatter(0, 'gx', 'gz', 14)],
      },
    },
  });
}

const ends = (places: readonly number[]): [number, number] => [places[0] as number, places.at(-1) as number]; // a field has two at least

function axis(domain: [number, number], title: string): Axis & { type: 'quantitative' } {
  return {
    type: 'quantitative',
    scale: { domain, nice: false, zero: false },
    axis: { title, tickCount: 5, grid: false },
  };
}

function pairField({ landscape }: ReportTrial): Field | undefined {
  return landscape && fieldOf(landscape, 'x0', 'z0');
}

function rowOf(group: Group, trial: ReportTrial): Row[] {
  const field = pairField(trial);
  if (field === undefined) return [];
  const { samples } = trial;
  const real = samples ? lists(samples, rowsOf(samples, 'real', points), { rx: 'x0', rz: 'z0' }) : {};
  const made = samples ? lists(samples, rowsOf(samples, 'generated', points), { gx: 'x0', gz: 'z0' }) : {};
  return [{ group: group.label, seed: trial.seed, ...mapLists(field), ...real, ...made }];
}
