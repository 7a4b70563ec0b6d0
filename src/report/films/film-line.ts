/** Draws one-dimensional data frame by frame: histograms of G and of the data under D's curve. */
import type { Axis, Frame } from '../../store/film-file.ts';
import { strong, truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { figureOf, type Layer, noiseNote, packingNote, rounded, settingsNote } from '../figures/chart.ts';
import type { ReportData } from '../report-data.ts';
import { filmNote, filmsFor, levelsIn, type MethodFilm, readingNote } from './film-data.ts';
import { packRows, unpackRows } from './packed.ts';
import { filmOf } from './panel.ts';

const bins = 50;
/** How high the data's tallest bar stands, so that G may stand higher where it is denser. */
const dataPeak = 0.6;
/** The panel's upper end: a little above D's 1, so that its line is seen there. */
const top = 1.02;
const heights = { low: 0, high: top };

export function filmLineFigure(data: ReportData, layout: Layout): Figure | undefined {
  const films = filmsFor(data, (kind) => kind === '1d');
  if (films === undefined) return undefined;
  const row = (methodFilm: MethodFilm, frame: Frame) => {
    const [axis] = methodFilm.film.axes as [Axis]; // a film on the line has one
    const unit = dataPeak / Math.max(...shares(methodFilm.film.real, axis));
    return {
      bars: packRows([[shares(frame.generated, axis).map((share) => Math.min(top, share * unit)), heights]]),
      d: packRows([[levelsIn(methodFilm, frame), heights]]),
      outside: `${Math.round(100 * (1 - shares(frame.generated, axis).reduce((sum, share) => sum + share, 0)))} % of G outside`,
    };
  };
  return figureOf({
    name: 'film-line',
    section: 'films',
    title: 'G’s samples, the data, and D’s curve',
    alt: 'A film with a slider over training steps: for each method a histogram of generated samples, the outline of the data’s histogram, and the discriminator’s value as a line over the same axis.',
    note: `Bars: G’s samples. Grey: the data, its tallest bar ${dataPeak} high; G’s bars in the same measure, cut off at 1. Line: ${readingNote(films)}. ${filmNote(films)}${packingNote(data)}${noiseNote(data)}${settingsNote(data)}`,
    spec: filmOf(films, layout, row, layersOf, { least: 260, most: 2, shape: 0.62, roomy: true }),
  });
}

/** Share of points in each bin; points outside of the axis are in none. */
function shares(points: Float32Array, { low, high }: Axis): number[] {
  const counts = Array<number>(bins).fill(0);
  for (const point of points) {
    const bin = Math.floor(((point - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1 / points.length;
  }
  return counts;
}

function layersOf({ group, film: { axes, real } }: MethodFilm, size: number): Layer[] {
  const [axis] = axes as [Axis]; // a film on the line has one
  const width = (axis.high - axis.low) / bins;
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [axis.low, axis.high], nice: false, zero: false },
    axis: { title: 'x', tickCount: 7, grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [0, top], nice: false },
    axis: { title: 'D; histograms', values: [0, 0.5, 1], grid: false },
  };
  const edges = [
    { calculate: `${axis.low} + ${width} * datum.at`, as: 'left' },
    { calculate: `${axis.low} + ${width} * (datum.at + 1)`, as: 'right' },
  ];
  const dataShares = shares(real, axis);
  const unit = dataPeak / Math.max(...dataShares);
  const bar = { x: { ...x, field: 'left' }, x2: { field: 'right' }, y2: { datum: 0 } };
  return [
    {
      data: { values: dataShares.map((share, at) => ({ at, share: rounded(share * unit, 3) })) },
      transform: edges,
      mark: { type: 'rect', fill: truth, fillOpacity: 0.45 },
      encoding: { ...bar, y: { ...y, field: 'share' } },
    },
    {
      transform: [...unpackRows('bars', [{ as: 'bar', ...heights }]), ...edges],
      mark: { type: 'rect', fill: group.colour, fillOpacity: 0.7 },
      encoding: { ...bar, y: { ...y, field: 'bar' } },
    },
    {
      transform: [
        ...unpackRows('d', [{ as: 'level', ...heights }]),
        { calculate: `${axis.low} + ${(axis.high - axis.low) / (axis.count - 1)} * datum.at`, as: 'place' },
      ],
      mark: { type: 'line', clip: true, stroke: strong, strokeWidth: 1.8 },
      encoding: { x: { ...x, field: 'place' }, y: { ...y, field: 'level' } },
    },
    {
      transform: [{ filter: "datum.outside !== '0 % of G outside'" }],
      mark: { type: 'text', align: 'right', baseline: 'top', color: group.colour, fontWeight: 'bold' },
      encoding: { x: { value: size - 6 }, y: { value: 6 }, text: { field: 'outside' } },
    },
  ];
}
