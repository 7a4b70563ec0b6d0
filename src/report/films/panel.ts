/** Lays out films of two dimensions: a panel a method with D's map under it, its step written in it, its region. */
import type { Axis, Frame } from '../../store/film-file.ts';
import { faint, heatRamp } from '../../summary/palette.ts';
import type { Layout } from '../figure.ts';
import { type Layer, panels, spacing } from '../figures/chart.ts';
import { atFrame, controlsOf, type Films, levelsIn, type MethodFilm, type Panel, rowsOf } from './film-data.ts';
import { levels, packMap, unpackMap } from './packed.ts';

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
export const mapOf = (methodFilm: MethodFilm, frame: Frame) => ({
  map: packMap(levelsIn(methodFilm, frame), methodFilm.film.axes),
});

export function mapLayer(axes: readonly Axis[]): Layer {
  const { x, y } = sidesOf(axes);
  return {
    transform: unpackMap('map', axes),
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

/** Method, and step of the frame that is shown; whether the chosen seed was filmed. */
function titleOf(panel: Panel, { choice }: Films) {
  const [{ group }] = panel;
  const steps = new Map(panel.map(({ trial, frames }) => [trial.seed, frames.map(({ step }) => step)]));
  const label = JSON.stringify(group.label);
  const stepText = (seed: number) =>
    steps.has(seed)
      ? `', step ' + format(${JSON.stringify(steps.get(seed))}[frame], ',')`
      : `': seed ${seed} was not filmed'`;
  const [first = 0, ...others] = choice.seeds;
  const text = others.reduce((rest, seed) => `chosenSeed === ${seed} ? ${stepText(seed)} : ${rest}`, stepText(first));
  return { text: { expr: `${label} + (${text})` }, offset: 4 };
}

/**
 * A panel a method, with the clock: `usermeta.clock` has the training steps of its positions. Each panel has rows of its own and
 * no facet is made: within a facet Vega-Lite 6.4 mixes up the panels of layers that flatten lists.
 *
 * @param layers of one panel, over its rows of the clock's position; they are given its first film.
 * @param options.shape height of a panel to its width; `roomy`: one panel alone takes the width that there is.
 */
export function filmOf<Row extends object>(
  films: Films,
  layout: Layout,
  row: (methodFilm: MethodFilm, frame: Frame) => Row,
  layers: (methodFilm: MethodFilm, size: number) => Layer[],
  { least = 150, most = 3, shape = 1, roomy = false, framed = true } = {},
) {
  const { panels: shown, clock } = films;
  const { columns, size: fitting } = panels(layout, shown.length, { least, most, own: true });
  // One method alone may have more room than one of many.
  const size = shown.length === 1 && roomy ? Math.min(560, layout.width - 80) : fitting;
  return {
    usermeta: { clock: [...clock] },
    params: controlsOf(films),
    columns,
    spacing: spacing * 2,
    concat: shown.map((panel) => ({
      title: titleOf(panel, films),
      width: size,
      height: Math.round(size * shape),
      view: { stroke: framed ? faint : null },
      data: { values: rowsOf(panel, row) },
      transform: atFrame(films),
      layer: layers(panel[0], size),
    })),
  };
}
