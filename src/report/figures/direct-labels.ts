/** Places labels beside what they name instead of in a legend: in a column, pushed apart until none overlaps. */
import { strong } from '../../summary/palette.ts';
import type { Row } from './chart.ts';

export interface Wanted {
  readonly text: string;
  /** Where the label would stand by itself, in units of the axis. */
  readonly at: number;
}

export interface Placed extends Wanted {
  /** Where it stands. */
  readonly place: number;
}

/**
 * Keeps the order by `at` (then as given), at least `gap` between neighbours and all within `low` … `high` where they fit;
 * where they do not, they share the room evenly. Moves as little as a single pass up and one down allow.
 */
export function spread(wanted: readonly Wanted[], gap: number, low: number, high: number): Placed[] {
  const sorted = [...wanted].sort((a, b) => a.at - b.at);
  const room = sorted.length > 1 ? (high - low) / (sorted.length - 1) : high - low;
  const apart = Math.min(gap, room);
  const places: number[] = [];
  for (const { at } of sorted)
    places.push(Math.max(Math.max(at, low), (places.at(-1) ?? Number.NEGATIVE_INFINITY) + apart));
  let ceiling = high;
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] as number, ceiling);
    ceiling = (places[index] as number) - apart;
  }
  return sorted.map((label, index) => ({ ...label, place: places[index] as number }));
}

/**
 * Layers of names at the right edge, each behind a dot of its colour: a name in that colour itself would be too pale to read.
 * `values` are rows of `group` and `place`.
 */
export const labelLayers = (values: readonly Row[], color: object) => {
  const at = { x: { value: 'width' as const }, y: { field: 'place', type: 'quantitative' as const } };
  return [
    { data: { values }, mark: { type: 'circle' as const, size: 50, xOffset: 10 }, encoding: { ...at, color } },
    {
      data: { values },
      mark: { type: 'text' as const, align: 'left' as const, dx: 17, fontWeight: 'bold' as const, color: strong },
      encoding: { ...at, text: { field: 'group', type: 'nominal' as const } },
    },
  ];
};
