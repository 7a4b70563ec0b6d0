/**
 * Packs pictures of a grid (five letters a rectangle) and lists of points (two letters a number) as text in a spec, which Vega's
 * own expressions unpack. A film of D has tens of thousands of cells: as JSON numbers it would be twenty times as large.
 */
import type { Axis } from '../../store/film-file.ts';

/** 64 letters, none of which JSON or an expression's quotes must escape; a letter's place is its number. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Levels that a picture tells apart. */
export const levels = 14;

/** Numbers 0 … 63, each a letter. */
export const pack = (numbers: Iterable<number>): string =>
  Array.from(numbers, (value) => letters[value] ?? letters[0]).join('');

/** The number of the letter that stands at `place` (an expression) of `field`, as an expression. */
export const unpacked = (field: string, place: string): string => `indexof('${letters}', datum.${field}[${place}])`;

/** Bounds that values are packed within. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Values told apart within bounds: two letters each, of which the last pair stands for none. */
const nothing = letters.length ** 2 - 1;
const unitOf = ({ low, high }: Bounds): number => (high - low) / (nothing - 1);

/** Rows of values, each column within its bounds, two letters a value. What is outside of them, or NaN, is nothing. */
export function packRows(columns: readonly (readonly [ArrayLike<number>, Bounds])[]): string {
  const count = Math.min(...columns.map(([values]) => values.length));
  const numbers = Array.from({ length: count }, (_, row) =>
    columns.flatMap(([values, bounds]) => {
      const value = values[row] ?? Number.NaN;
      const isIn = value >= bounds.low && value <= bounds.high;
      const step = isIn ? Math.round((value - bounds.low) / unitOf(bounds)) : nothing;
      return [Math.floor(step / letters.length), step % letters.length];
    }),
  );
  return pack(numbers.flat());
}

/** Transforms that make a row of each packed row in `field` that lacks nothing: its place `at`, its columns by their names. */
export function unpackRows(field: string, columns: readonly (Bounds & { readonly as: string })[]) {
  const width = 2 * columns.length;
  const number = (column: number) => {
    const letter = (place: number) => unpacked(field, `${width} * datum.at + ${2 * column + place}`);
    return `${letters.length} * ${letter(0)} + ${letter(1)}`;
  };
  return [
    { calculate: `sequence(0, length(datum.${field}) / ${width})`, as: 'at' },
    { flatten: ['at'] },
    ...columns.flatMap(({ as, ...bounds }, column) => [
      { calculate: `${bounds.low} + ${unitOf(bounds)} * (${number(column)})`, as },
      { filter: `datum.${as} < ${bounds.high + unitOf(bounds) / 2}` },
    ]),
  ];
}

/** Values 0 to 1 to `count` steps, 0 … count − 1. */
export const stepOf = (value: number, count: number): number => Math.min(count - 1, Math.floor(value * count));

/**
 * A map of values 0 to 1 over two axes (at most 63 places each, the second fastest), as rectangles of one level each:
 * left, right, bottom, top in places, right and top excluded, and the level.
 */
export function packMap(values: ArrayLike<number>, [across, up]: readonly Axis[]): string {
  if (!across || !up) throw new Error('internal: a map has two axes');
  const level = (column: number, row: number) => stepOf(values[column * up.count + row] ?? 0, levels);
  const numbers: number[] = [];
  // Runs along a column that the next columns repeat grow into rectangles.
  let open = new Map<string, number[]>();
  for (let column = 0; column < across.count; column++) {
    const next = new Map<string, number[]>();
    for (let row = 0; row < up.count; ) {
      const start = row;
      const own = level(column, row);
      while (row < up.count && level(column, row) === own) row++;
      const key = `${start} ${row} ${own}`;
      const before = open.get(key);
      if (before) before[1] = column + 1;
      next.set(key, before ?? [column, column + 1, start, row, own]);
    }
    for (const [key, rectangle] of open) if (!next.has(key)) numbers.push(...rectangle);
    open = next;
  }
  for (const rectangle of open.values()) numbers.push(...rectangle);
  return pack(numbers);
}

/** Transforms that make rows of a packed map in `field`: `rect`, a list of left, right, bottom, top in data units and level. */
export function unpackMap(field: string, [across, up]: readonly Axis[]) {
  if (!across || !up) throw new Error('internal: a map has two axes');
  const edge = ({ low, high, count }: Axis, place: number) => {
    const size = (high - low) / (count - 1);
    // A rectangle ends half-way to the next place.
    return `${low} + ${size} * (${unpacked(field, `datum.at + ${place}`)} - 0.5)`;
  };
  const rectangle = [edge(across, 0), edge(across, 1), edge(up, 2), edge(up, 3), unpacked(field, 'datum.at + 4')];
  return [
    { calculate: `sequence(0, length(datum.${field}), 5)`, as: 'at' },
    { flatten: ['at'] },
    { calculate: `[${rectangle.join(', ')}]`, as: 'rect' },
  ];
}
