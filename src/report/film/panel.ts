/** What the films of two dimensions share: a panel a method with D's map under it, its step written in it, its region. */
import type { Axis, Frame } from '../../results/film.ts';
import type { Layout } from '../figure.ts';
import { type Layer, labelsOf, panels, spacing } from '../figures/chart.ts';
import { faint, heatRamp, strong } from '../palette.ts';
import { levels, packMap, unpackMap } from './packed.ts';
import { atFrame, levelsIn, type Reel, slider } from './reel.ts';

export const mapColour = {
  field: 'rect[4]',
  type: 'quantitative' as const,
  scale: {
    domain: heatRamp.map((_, index) => (index * (levels - 1)) / (heatRamp.length - 1)),
    range: [...heatRamp],
  },
  legend: null,
};

/** Positions on the grid's axes; the data's own coordinates need no titles, those of pairs do. */
export function sidesOf([across, up]: readonly Axis[]) {
  if (!across || !up) throw new Error('internal: a film in the plane has two axes');
  const titled = across.name[0] !== up.name[0] || across.name.startsWith('z');
  const side = ({ name, low, high }: Axis) => ({
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false, zero: false },
    axis: {
      title: titled ? name.replace(/0$/, across.name[0] !== up.name[0] ? '' : '0') : null,
      tickCount: 5,
      grid: false,
    },
  });
  return { x: side(across), y: side(up) };
}

/** The lists of a row that `mapLayer` draws. */
export const mapOf = (reel: Reel, frame: Frame) => ({ map: packMap(levelsIn(reel, frame), reel.film.axes) });

export function mapLayer(axes: readonly Axis[]): Layer {
  const { x, y } = sidesOf(axes);
  return {
    transform: [atFrame, ...unpackMap('map', axes)],
    // A hair of stroke closes the seams between neighbours.
    mark: { type: 'rect', clip: true, strokeWidth: 0.6 },
    encoding: {
      x: { ...x, field: 'rect[0]' },
      x2: { field: 'rect[1]' },
      y: { ...y, field: 'rect[2]' },
      y2: { field: 'rect[3]' },
      fill: mapColour,
      stroke: mapColour,
    },
  };
}

/** The step, above the panel's upper right corner. */
export const stepLayer = (size: number): Layer => ({
  transform: [atFrame],
  mark: { type: 'text', align: 'right', baseline: 'bottom', color: strong, fontSize: 12, tooltip: null },
  encoding: {
    x: { value: size },
    y: { value: -4 },
    text: { field: 'label' },
  },
});

/** A facet of one panel a method, with the slider. `rows` carry group, frame, last, step. */
export function film(
  reels: readonly Reel[],
  layout: Layout,
  rows: readonly (object & { readonly step: number })[],
  layers: (size: number) => Layer[],
) {
  const { columns, size } = panels(layout, reels.length, { least: 150, most: 3 });
  return {
    params: [slider(reels)],
    data: { values: rows.map((row) => ({ ...row, label: `step ${row.step.toLocaleString('en-US')}` })) },
    facet: {
      field: 'group',
      type: 'nominal' as const,
      sort: labelsOf(reels.map(({ group }) => group)),
      header: { title: null, labelAnchor: 'start' as const },
    },
    columns,
    spacing,
    spec: {
      width: size,
      height: size,
      view: { stroke: faint },
      layer: [...layers(size), stepLayer(size)],
    },
  };
}
