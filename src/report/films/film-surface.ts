/** Draws D as a landscape seen from above a corner, frame by frame, with G's samples lying on it. */
import type { Axis, Frame } from '../../store/film-file.ts';
import { placeOn } from '../../store/film-file.ts';
import { heatRamp, ink, onHeat } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, noiseNote, packingNote, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, filmsFor, levelsIn, type MethodFilm, readingNote } from './film-data.ts';
import { pack, packRows, stepOf, unpacked, unpackRows } from './packed.ts';
import { filmOf } from './panel.ts';

/** Every other place of the film's grid: more tiles than this say nothing more, and cost the slider its quickness. */
const stride = 2;
const most = 160;
/** Heights that are told apart: one letter each. */
const heights = 64;

/** The drawing on a unit square: an isometric floor, x to the lower right, y to the upper right, D upwards. */
const across = 0.48;
const deep = 0.23;
const high = 0.34;
const floor = 0.58;

export function filmSurfaceFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind) => kind === '2d');
  if (films === undefined) return undefined;
  const row = (methodFilm: MethodFilm, frame: Frame) => {
    const levels = levelsIn(methodFilm, frame);
    return {
      d: packHeights(levels, methodFilm.film.axes),
      points: onSurface(levels, methodFilm.film.axes, frame.generated),
    };
  };
  return figureOf({
    name: 'film-surface',
    section: 'films',
    title: 'D as a landscape, G’s samples on it',
    alt: 'A film with a slider over training steps: for each method the discriminator’s value as a three-dimensional surface over the data’s plane, with generated samples lying on it.',
    note: `Height and colour: ${readingNote(films)}. Dots: G’s samples inside the region. ${filmNote(films)}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: filmOf(
      films,
      layout,
      row,
      (methodFilm, size) => [
        tiles(methodFilm.film.axes, size),
        ...names(methodFilm.film.axes, size),
        samples(methodFilm, size),
      ],
      { shape: 0.88, framed: false },
    ),
  });
}

/** Places along a side of the drawn grid. */
const side = ({ count }: Axis): number => Math.floor((count - 1) / stride) + 1;

function packHeights(levels: Float32Array, [x, y]: readonly Axis[]): string {
  if (!x || !y) throw new Error('internal: a surface has two axes');
  const picked: number[] = [];
  for (let i = 0; i < x.count; i += stride)
    for (let j = 0; j < y.count; j += stride) picked.push(stepOf(levels[i * y.count + j] ?? 0, heights));
  return pack(picked);
}

/** Where (u, v, h), each 0 to 1, stands on the panel, as shares of its width. */
const screen = (u: number, v: number, h: number): [number, number] => [
  0.5 + across * (u + v - 1),
  floor + deep * (u - v) - high * h,
];

/** Shares of the panel. */
const unit = { low: 0, high: 1 };

/** The samples inside the region, packed, as shares of the panel; those further back first, so that nearer ones cover them. */
function onSurface(levels: Float32Array, [x, y]: readonly Axis[], points: Float32Array): string {
  if (!x || !y) throw new Error('internal: a surface has two axes');
  const placed: { u: number; v: number; at: [number, number] }[] = [];
  for (let index = 0; index < Math.min(points.length / 2, most); index++) {
    const u = ((points[2 * index] ?? 0) - x.low) / (x.high - x.low);
    const v = ((points[2 * index + 1] ?? 0) - y.low) / (y.high - y.low);
    if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) continue;
    placed.push({ u, v, at: screen(u, v, between(levels, u * (x.count - 1), v * (y.count - 1), y.count)) });
  }
  placed.sort((a, b) => a.u - a.v - (b.u - b.v));
  return packRows([
    [placed.map(({ at }) => at[0]), unit],
    [placed.map(({ at }) => at[1]), unit],
  ]);
}

/** Bilinear, at fractional places. */
function between(levels: Float32Array, i: number, j: number, rows: number): number {
  const [left, low] = [Math.floor(i), Math.floor(j)];
  const value = (column: number, row: number) => levels[column * rows + row] ?? 0;
  const [right, top] = [Math.min(left + 1, levels.length / rows - 1), Math.min(low + 1, rows - 1)];
  const [a, b] = [i - left, j - low];
  return (
    (1 - a) * ((1 - b) * value(left, low) + b * value(left, top)) +
    a * ((1 - b) * value(right, low) + b * value(right, top))
  );
}

/** A quadrilateral a tile, the far ones first. */
function tiles([x, y]: readonly Axis[], size: number): Layer {
  if (!x || !y) throw new Error('internal: a surface has two axes');
  const [columns, rows] = [side(x), side(y)];
  const height = (di: number, dj: number) => unpacked('d', `(datum.i + ${di}) * ${rows} + datum.j + ${dj}`);
  const corner = (di: number, dj: number, h: string) => {
    const [u, v] = [`(datum.i + ${di}) / ${columns - 1}`, `(datum.j + ${dj}) / ${rows - 1}`];
    const left = `${size} * (0.5 + ${across} * (${u} + ${v} - 1))`;
    const top = `${size} * (${floor} + ${deep} * (${u} - ${v}) - ${high / (heights - 1)} * ${h})`;
    return `[${left}, ${top}]`;
  };
  const heightsOf = [height(0, 0), height(1, 0), height(1, 1), height(0, 1)];
  const ring = [
    corner(0, 0, 'datum.h[0]'),
    corner(1, 0, 'datum.h[1]'),
    corner(1, 1, 'datum.h[2]'),
    corner(0, 1, 'datum.h[3]'),
  ];
  const count = (columns - 1) * (rows - 1);
  return {
    transform: [
      { calculate: `sequence(0, ${count})`, as: 'tile' },
      { flatten: ['tile'] },
      { calculate: `floor(datum.tile / ${rows - 1})`, as: 'i' },
      { calculate: `${rows - 2} - datum.tile % ${rows - 1}`, as: 'j' },
      { calculate: `[${heightsOf.join(', ')}]`, as: 'h' },
      { calculate: `{type: 'Polygon', coordinates: [[${[...ring, ring[0]].join(', ')}]]}`, as: 'shape' },
      { calculate: '(datum.h[0] + datum.h[1] + datum.h[2] + datum.h[3]) / 4', as: 'mean' },
    ],
    projection: { type: 'identity', scale: 1, translate: [0, 0] },
    mark: { type: 'geoshape', stroke: onHeat.light, strokeWidth: 0.35, strokeOpacity: 0.55, strokeJoin: 'round' },
    encoding: {
      shape: { field: 'shape', type: 'geojson' },
      fill: {
        field: 'mean',
        type: 'quantitative',
        scale: {
          domain: heatRamp.map((_, index) => (index * (heights - 1)) / (heatRamp.length - 1)),
          range: [...heatRamp],
        },
        legend: null,
      },
    },
  };
}

/** The region's bounds along the two near edges. */
function names([x, y]: readonly Axis[], size: number): Layer[] {
  if (!x || !y) throw new Error('internal: a surface has two axes');
  const label = (u: number, v: number, text: string, align: 'left' | 'right' | 'center') => {
    const [left, top] = screen(u, v, 0);
    return { left: left * size, top: top * size + 14, text, align };
  };
  const value = (axis: Axis, part: number) =>
    String(Number(placeOn({ ...axis, count: 2 }, part).toPrecision(2))).replace('-', '−');
  const values = [
    label(0.08, 0, value(x, 0), 'right'),
    label(0.5, 0, 'x0', 'right'),
    label(0.92, 0, value(x, 1), 'right'),
    label(1, 0.08, value(y, 0), 'left'),
    label(1, 0.5, 'x1', 'left'),
    label(1, 0.92, value(y, 1), 'left'),
  ];
  return (['left', 'right'] as const).map((align) => ({
    data: { values: values.filter((entry) => entry.align === align) },
    mark: { type: 'text', align, color: ink, fontSize: 11 },
    encoding: {
      x: { field: 'left', type: 'quantitative', scale: null, axis: null },
      y: { field: 'top', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text' },
    },
  }));
}

function samples({ group }: MethodFilm, size: number): Layer {
  return {
    transform: [
      ...unpackRows('points', [
        { as: 'sx', ...unit },
        { as: 'sy', ...unit },
      ]),
      { calculate: `${size} * datum.sx`, as: 'left' },
      { calculate: `${size} * datum.sy`, as: 'top' },
    ],
    mark: {
      type: 'circle',
      size: 22,
      opacity: 1,
      fill: group.colour,
      stroke: onHeat.dark,
      strokeWidth: 0.8,
    },
    encoding: {
      x: { field: 'left', type: 'quantitative', scale: null, axis: null },
      y: { field: 'top', type: 'quantitative', scale: null, axis: null },
    },
  };
}
