/** Draws G's samples over D's map, frame by frame: for two-dimensional data, or E(x) over the latents for an encoder alone. */
import type { Axis, Frame } from '../../store/film-file.ts';
import { onHeat } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, noiseNote, packingNote, rounded, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, filmsFor, type MethodFilm, readingNote } from './film-data.ts';
import { packRows, unpackRows } from './packed.ts';
import { filmOf, mapLayer, mapOf, sidesOf } from './panel.ts';

const most = 240;

export function filmDensityFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind, { spec }) => kind === '2d' || (kind === 'z' && spec.latent.dim === 2));
  if (films === undefined) return undefined;
  const { first } = films;
  const overData = first.film.kind === '2d';
  const row = (methodFilm: MethodFilm, frame: Frame) => {
    const points = (overData ? frame.generated : frame.encoded) ?? new Float32Array();
    return { ...mapOf(methodFilm, frame), points: packPoints(points, methodFilm.film.axes) };
  };
  const what = overData ? 'G’s samples over D’s map' : 'E of real points over D’s map of latents';
  return figureOf({
    name: 'film-density',
    section: 'films',
    title: what,
    alt: `A film with a slider over training steps: for each method ${what}.`,
    note: `Colour: ${readingNote(films)}, dark for low and light for high. ${truthWords(first)}${filmNote(films)}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: filmOf(films, layout, row, (methodFilm) => [
      mapLayer(methodFilm.film.axes),
      ...(overData ? truthLayer(methodFilm) : []),
      pointLayer(methodFilm),
    ]),
  });
}

/** The first points of `[count, 2]`. */
function packPoints(points: Float32Array, [across, up]: readonly Axis[]): string {
  if (!across || !up) throw new Error('internal: a map has two axes');
  const shown = points.subarray(0, 2 * most);
  return packRows([
    [shown.filter((_, at) => at % 2 === 0), across],
    [shown.filter((_, at) => at % 2 === 1), up],
  ]);
}

function pointLayer({ group, film: { axes } }: MethodFilm): Layer {
  const [across, up] = axes as readonly [Axis, Axis]; // a map has two
  const { x, y } = sidesOf(axes);
  return {
    transform: unpackRows('points', [
      { as: 'px', low: across.low, high: across.high },
      { as: 'py', low: up.low, high: up.high },
    ]),
    mark: {
      type: 'circle',
      clip: true,
      size: 24,
      opacity: 1,
      fill: group.colour,
      stroke: onHeat.dark,
      strokeWidth: 0.8,
      strokeOpacity: 0.9,
    },
    encoding: { x: { ...x, field: 'px' }, y: { ...y, field: 'py' } },
  };
}

const truthWords = ({ group, film: { kind } }: MethodFilm): string => {
  if (kind !== '2d') return '';
  return group.truth.modes ? 'Rings: centres of modes. ' : 'White dots: data. ';
};

/** Rings at the modes' centres, or the real points where there are none. */
function truthLayer({ group, film: { axes, real } }: MethodFilm): Layer[] {
  const { x, y } = sidesOf(axes);
  const { modes } = group.truth;
  const places = modes ? Array.from(modes.centres) : Array.from(real);
  const values = Array.from({ length: places.length / 2 }, (_, index) => ({
    x: rounded(places[2 * index]),
    y: rounded(places[2 * index + 1]),
  }));
  return [
    {
      data: { values },
      mark: modes
        ? { type: 'point', filled: false, size: 60, stroke: onHeat.dark, strokeWidth: 1.4 }
        : { type: 'circle', size: 6, fill: onHeat.dark, fillOpacity: 0.6 },
      encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'y' } },
    },
  ];
}
