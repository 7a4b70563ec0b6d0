/** Draws the heat map of a discriminator over two coordinates: layers that figures of D share. */
import { heatRamp } from '../../summary/palette.ts';
import { type Bands, bandsOf, type Field, stepOf } from './bands.ts';
import { type Cell, rounded } from './chart.ts';

export const levels = 14;

/** What the colours mean, for a note. */
export const mapWords =
  'Colour: D’s logit, from low (dark) to high (light), each panel on its own scale (hover for values)';

/** The lists of a trial's map, for a row of data. */
export function mapLists(field: Field): Record<string, Cell | readonly Cell[]> {
  const { low, high, rectangles }: Bands = bandsOf(field, levels);
  const [first, second] = field.sides;
  return {
    low: rounded(low, 3),
    high: rounded(high, 3),
    // where the first cell begins: half a step before the first place
    originX: rounded((first.places[0] as number) - stepOf(first) / 2, 6),
    originY: rounded((second.places[0] as number) - stepOf(second) / 2, 6),
    stepX: rounded(stepOf(first), 6),
    stepY: rounded(stepOf(second), 6),
    ...rectangles,
  };
}

/** The map itself, of rows with `mapLists`; `axes` are the encodings of its sides. */
export function mapLayer<X extends object, Y extends object>(filter: { filter: string }[], axes: { x: X; y: Y }) {
  return {
    transform: [
      ...filter,
      { flatten: ['column', 'bottom', 'top', 'level'] },
      // a fifth of a cell more to the right and above, so that no seams show
      { calculate: 'datum.originX + datum.stepX * datum.column', as: 'x' },
      { calculate: 'datum.originX + datum.stepX * (datum.column + 1.2)', as: 'x2' },
      { calculate: 'datum.originY + datum.stepY * datum.bottom', as: 'y' },
      { calculate: 'datum.originY + datum.stepY * (datum.top + 0.2)', as: 'y2' },
      { calculate: `datum.low + (datum.high - datum.low) * datum.level / ${levels}`, as: 'from' },
      { calculate: `datum.low + (datum.high - datum.low) * (datum.level + 1) / ${levels}`, as: 'to' },
    ],
    mark: { type: 'rect' as const, clip: true, stroke: null, strokeWidth: 0 },
    encoding: {
      x: { ...axes.x, field: 'x', type: 'quantitative' as const },
      x2: { field: 'x2' },
      y: { ...axes.y, field: 'y', type: 'quantitative' as const },
      y2: { field: 'y2' },
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
