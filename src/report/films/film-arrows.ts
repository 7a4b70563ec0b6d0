/** Draws where G sends each place of a fixed lattice of latents, frame by frame: arrows for 2-D latents, a thread for 1-D ones. */
import type { Axis, Frame } from '../../store/film-file.ts';
import { faint, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, rounded, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, filmsFor, type MethodFilm } from './film-data.ts';
import { type Bounds, packRows, unpackRows } from './packed.ts';
import { filmOf, sidesOf } from './panel.ts';

const realShown = 150;

export function filmArrowsFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind) => kind === '2d');
  if (films === undefined) return undefined;
  const { first } = films;
  const threads = first.film.latentDim === 1;
  const what = threads
    ? 'The thread that G makes of a one-dimensional latent'
    : 'Arrows from a lattice of latents to where G sends it';
  const row = ({ film: { axes } }: MethodFilm, { lattice = new Float32Array() }: Frame) => {
    const [across, up] = farBeyond(axes);
    return {
      g: packRows([
        [everyOther(lattice, 0, across), across],
        [everyOther(lattice, 1, up), up],
      ]),
    };
  };
  return figureOf({
    name: 'film-arrows',
    section: 'films',
    title: what,
    alt: `A film with a slider over training steps: for each method ${what[0]?.toLowerCase()}${what.slice(1)}, with the data behind it.`,
    note: `Grey: data. ${threads ? '' : 'Arrows start at z and end at G(z), both in the same plane. '}${filmNote(films)}${settingsNote(data)}`,
    spec: filmOf(films, layout, row, (methodFilm) => [
      dataLayer(methodFilm),
      ...(threads ? [threadLayer(methodFilm)] : arrowLayers(methodFilm)),
    ]),
  });
}

/** The panel and two of its widths around it: an arrow that leaves it keeps its heading, unless it ends very far from it. */
function farBeyond(axes: readonly Axis[]): readonly [Bounds, Bounds] {
  const [across, up] = axes.map(({ low, high }) => ({ low: low - 2 * (high - low), high: high + 2 * (high - low) }));
  if (!across || !up) throw new Error('internal: a film in the plane has two axes');
  return [across, up];
}

/** One coordinate of points `[count, 2]`, brought within bounds; NaN stays. */
const everyOther = (points: Float32Array, first: 0 | 1, { low, high }: Bounds): Float32Array =>
  points.filter((_, at) => at % 2 === first).map((value) => Math.min(high, Math.max(low, value)));

/** Keeps the rows whose `gx` and `gy` are in the panel. */
const inside = (axes: readonly Axis[]) =>
  axes.map(({ low, high }, axis) => ({ filter: `inrange(datum.${axis === 0 ? 'gx' : 'gy'}, [${low}, ${high}])` }));

/** Rows of G's places of the lattice: `gx`, `gy`, and `at`, the number of the place. */
function ends(axes: readonly Axis[]) {
  const [across, up] = farBeyond(axes);
  return unpackRows('g', [
    { as: 'gx', ...across },
    { as: 'gy', ...up },
  ]);
}

/** One coordinate of points `[count, dim]`. */
const column = (points: Float32Array | undefined, dim: number, axis: number) =>
  Array.from({ length: (points?.length ?? 0) / dim }, (_, index) => rounded(points?.[index * dim + axis], 3));

function dataLayer({ film: { real, axes } }: MethodFilm): Layer {
  const { x, y } = sidesOf(axes);
  const [across, up] = [column(real, 2, 0), column(real, 2, 1)];
  return {
    data: { values: across.slice(0, realShown).map((value, index) => ({ x: value, y: up[index] })) },
    mark: { type: 'circle', clip: true, size: 26, fill: truth, fillOpacity: 0.55 },
    encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'y' } },
  };
}

function arrowLayers({ group, film: { axes, lattice } }: MethodFilm): Layer[] {
  const { x, y } = sidesOf(axes);
  const colour = group.colour;
  /** Where an arrow starts never moves: a list in the spec, not in every frame. */
  const start = (axis: 0 | 1) => `${JSON.stringify(column(lattice, 2, axis))}[datum.at]`;
  const transform = [...ends(axes), { calculate: start(0), as: 'zx' }, { calculate: start(1), as: 'zy' }];
  const end = { x: { ...x, field: 'gx' }, y: { ...y, field: 'gy' } };
  return [
    {
      transform,
      mark: { type: 'rule', clip: true, stroke: colour, strokeWidth: 0.8, strokeOpacity: 0.55 },
      encoding: { x: { ...x, field: 'zx' }, y: { ...y, field: 'zy' }, x2: { field: 'gx' }, y2: { field: 'gy' } },
    },
    {
      transform: [
        ...transform,
        ...inside(axes),
        // Screens count y downwards, and a triangle's angle clockwise from up.
        { calculate: '90 - atan2(datum.gy - datum.zy, datum.gx - datum.zx) * 180 / PI', as: 'heading' },
      ],
      mark: { type: 'point', shape: 'triangle-up', clip: true, filled: true, size: 22, fill: colour },
      encoding: { ...end, angle: { field: 'heading', type: 'quantitative', scale: null } },
    },
  ];
}

function threadLayer({ group, film: { axes } }: MethodFilm): Layer {
  const { x, y } = sidesOf(axes);
  return {
    transform: ends(axes),
    mark: {
      type: 'line',
      clip: true,
      stroke: group.colour,
      strokeWidth: 1.6,
      point: { fill: group.colour, stroke: faint, size: 14 },
    },
    encoding: {
      x: { ...x, field: 'gx' },
      y: { ...y, field: 'gy' },
      order: { field: 'at', type: 'quantitative' },
    },
  };
}
