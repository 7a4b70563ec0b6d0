/**
 * Draws the authors' own picture for one-dimensional data and latent, frame by frame: D over (x, z) with the pairs that it must
 * tell apart, (G(z), z) and (x, E(x)). Where the two threads meet, G and E invert each other.
 */
import type { Frame } from '../../store/film-file.ts';
import { onHeat } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, packingNote, rounded, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, type MethodFilm, methodFilms, readingNote } from './film-data.ts';
import { filmOf, mapLayer, mapOf, sidesOf } from './panel.ts';

const most = 200;
/** On the map, where a method's own colour could not tell two kinds of points apart. */
const colours = { generated: '#ff7a1a', real: '#ffffff' } as const;

export function filmPairsFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = methodFilms(data, (kind) => kind === '1d-xz');
  const [first] = films;
  if (first === undefined) return undefined;
  const row = (methodFilm: MethodFilm, frame: Frame) => ({
    ...mapOf(methodFilm, frame),
    g: some(frame.generated),
    z: some(methodFilm.film.latents),
    e: some(frame.encoded ?? new Float32Array()),
    r: some(methodFilm.film.real),
  });
  return figureOf({
    name: 'film-pairs',
    section: 'films',
    title: 'D over pairs (x, z), with (G(z), z) and (x, E(x)) on it',
    alt: 'A film with a slider over training steps: for each method the discriminator over data x and latent z as a heat map, with generated pairs as orange dots and encoded pairs as white diamonds.',
    note: `Orange: (G(z), z). White diamonds: (x, E(x)). Colour of the ground, dark for low and light for high: ${readingNote(films)}. ${filmNote(films)}${packingNote(data)}${settingsNote(data)}`,
    spec: filmOf(films, layout, row, ({ film: { axes } }) => [
      mapLayer(axes),
      pairLayer(axes, ['r', 'e'], { shape: 'diamond', fill: colours.real, stroke: onHeat.light, size: 34 }),
      pairLayer(axes, ['g', 'z'], { shape: 'circle', fill: colours.generated, stroke: onHeat.light, size: 22 }),
    ]),
  });
}

/** The first values, in three digits. */
const some = (values: Float32Array) => Array.from(values.subarray(0, most), (value) => rounded(value, 3));

function pairLayer(
  axes: MethodFilm['film']['axes'],
  [across, up]: readonly [string, string],
  mark: { readonly shape: string; readonly fill: string; readonly stroke: string; readonly size: number },
): Layer {
  const { x, y } = sidesOf(axes);
  return {
    transform: [{ flatten: [across, up] }],
    mark: { type: 'point', clip: true, filled: true, opacity: 1, strokeWidth: 0.6, ...mark },
    encoding: { x: { ...x, field: across }, y: { ...y, field: up } },
  };
}
