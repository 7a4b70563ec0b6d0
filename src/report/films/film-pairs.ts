/**
 * Draws the authors' own picture for one-dimensional data and latent, frame by frame: D over (x, z) with the pairs that it must
 * tell apart, (G(z), z) and (x, E(x)). Where the two threads meet, G and E invert each other.
 */
import type { Axis, Frame } from '../../store/film-file.ts';
import { onHeat } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, noiseNote, packingNote, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, filmsFor, type MethodFilm, readingNote } from './film-data.ts';
import { packRows, unpackRows } from './packed.ts';
import { filmOf, mapLayer, mapOf, sidesOf } from './panel.ts';

const most = 200;
/** On the map, where a method's own colour could not tell two kinds of points apart. */
const colours = { generated: '#ff7a1a', real: '#ffffff' } as const;

export function filmPairsFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind) => kind === '1d-xz');
  if (films === undefined) return undefined;
  const row = (methodFilm: MethodFilm, frame: Frame) => ({
    ...mapOf(methodFilm, frame),
    made: packPairs(frame.generated, methodFilm.film.latents, methodFilm.film.axes),
    encoded: packPairs(methodFilm.film.real, frame.encoded ?? new Float32Array(), methodFilm.film.axes),
  });
  return figureOf({
    name: 'film-pairs',
    section: 'films',
    title: 'D over pairs (x, z), with (G(z), z) and (x, E(x)) on it',
    alt: 'A film with a slider over training steps: for each method the discriminator over data x and latent z as a heat map, with generated pairs as orange dots and encoded pairs as white diamonds.',
    note: `Orange: (G(z), z). White diamonds: (x, E(x)). Colour of the ground, dark for low and light for high: ${readingNote(films)}. ${filmNote(films)}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: filmOf(films, layout, row, ({ film: { axes } }) => [
      mapLayer(axes),
      pairLayer(axes, 'encoded', { shape: 'diamond', fill: colours.real, stroke: onHeat.light, size: 34 }),
      pairLayer(axes, 'made', { shape: 'circle', fill: colours.generated, stroke: onHeat.light, size: 22 }),
    ]),
  });
}

/** The first pairs. */
function packPairs(xs: Float32Array, zs: Float32Array, [across, up]: readonly Axis[]): string {
  if (!across || !up) throw new Error('internal: a map has two axes');
  return packRows([
    [xs.subarray(0, most), across],
    [zs.subarray(0, most), up],
  ]);
}

function pairLayer(
  axes: MethodFilm['film']['axes'],
  field: 'made' | 'encoded',
  mark: { readonly shape: string; readonly fill: string; readonly stroke: string; readonly size: number },
): Layer {
  const { x, y } = sidesOf(axes);
  const [across, up] = axes as readonly [Axis, Axis]; // a map has two
  return {
    transform: unpackRows(field, [
      { as: 'px', low: across.low, high: across.high },
      { as: 'pz', low: up.low, high: up.high },
    ]),
    mark: { type: 'point', clip: true, filled: true, opacity: 1, strokeWidth: 0.6, ...mark },
    encoding: { x: { ...x, field: 'px' }, y: { ...y, field: 'pz' } },
  };
}
