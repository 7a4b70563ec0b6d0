/** Draws where G sends each place of a fixed lattice of latents, frame by frame: arrows for 2-D latents, a thread for 1-D ones. */
import type { Frame } from '../../store/film-file.ts';
import { faint, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, rounded, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, type MethodFilm, methodFilms } from './film-data.ts';
import { filmOf, sidesOf } from './panel.ts';

const realShown = 150;

export function filmArrowsFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = methodFilms(data, (kind) => kind === '2d');
  const [first] = films;
  if (first === undefined) return undefined;
  const threads = first.film.latentDim === 1;
  const what = threads
    ? 'The thread that G makes of a one-dimensional latent'
    : 'Arrows from a lattice of latents to where G sends it';
  const row = ({ film: { latentDim, lattice } }: MethodFilm, frame: Frame) => ({
    ...(threads ? {} : { zx: column(lattice, latentDim, 0), zy: column(lattice, latentDim, 1) }),
    gx: column(frame.lattice, 2, 0),
    gy: column(frame.lattice, 2, 1),
    place: Array.from({ length: lattice.length / latentDim }, (_, index) => index),
  });
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

function arrowLayers({ group, film: { axes } }: MethodFilm): Layer[] {
  const { x, y } = sidesOf(axes);
  const colour = group.colour;
  const transform = [{ flatten: ['zx', 'zy', 'gx', 'gy'] }];
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
    transform: [{ flatten: ['gx', 'gy', 'place'] }],
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
      order: { field: 'place', type: 'quantitative' },
    },
  };
}
