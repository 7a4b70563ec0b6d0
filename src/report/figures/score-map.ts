/** The heat map of a discriminator over two coordinates: layers that figures of D share. */
import { heatRamp } from '../palette.ts';
import { type Bands, bandsOf, type Field } from './bands.ts';
import { type Cell, rounded } from './chart.ts';

export const levels = 14;

/** What the colours mean, for a note. */
export const mapWords =
  'Colour: D’s logit, from low (dark) to high (light), each panel on its own scale (hover for values)';

/** The lists of a trial's map, for a row of data. */
export function mapLists(field: Field): Record<string, Cell | readonly Cell[]> {
  const { low, high, rectangles }: Bands = bandsOf(field, levels);
  return { low: rounded(low, 3), high: rounded(high, 3), ...rectangles };
}

/** The map itself, of rows with `mapLists`; `axes` are the encodings of its sides. */
export function mapLayer<X extends object, Y extends object>(filter: { filter: string }[], axes: { x: X; y: Y }) {
  return {
    transform: [
      ...filter,
      { flatten: ['left', 'right', 'bottom', 'top', 'level'] },
      { calculate: `datum.low + (datum.high - datum.low) * datum.level / ${levels}`, as: 'from' },
      { calculate: `datum.low + (datum.high - datum.low) * (datum.level + 1) / ${levels}`, as: 'to' },
    ],
    mark: { type: 'rect' as const, clip: true, stroke: null, strokeWidth: 0 },
    encoding: {
      x: { ...axes.x, field: 'left', type: 'quantitative' as const },
      x2: { field: 'right' },
      y: { ...axes.y, field: 'bottom', type: 'quantitative' as const },
      y2: { field: 'top' },
      // fill, so that the points on a map may have a colour scale of their own
      fill: {
        field: 'level',
        type: 'quantitative' as const,
        scale: {
          domain: heatRamp.map((_, index) => (index * (levels - 1)) / (heatRamp.length - 1)),
          range: [...heatRamp],
        },
        legend: null,
      },
      tooltip: [
        { field: 'from', type: 'quantitative' as const, title: 'D from', format: '.3~r' },
        { field: 'to', type: 'quantitative' as const, title: 'to', format: '.3~r' },
      ],
    },
  };
}
