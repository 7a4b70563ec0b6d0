/** Divides a field on a regular grid into bands of equal steps: neighbouring cells of one band become one rectangle, so a map stays small. */
import type { Table } from '../report-data.ts';

export interface Side {
  readonly name: string;
  readonly places: readonly number[];
}

/** A table of `first`, `second`, `score` … over a regular grid, the second axis fastest. */
export interface Field {
  readonly sides: readonly [Side, Side];
  /** `[first.places.length × second.places.length]` */
  readonly score: Float64Array;
}

/** The grid in a landscape.csv; `undefined` where its rows are not a whole regular grid. */
export function fieldOf(table: Table, first: string, second: string): Field | undefined {
  const { score, [first]: across, [second]: up } = table.numbers;
  if (score === undefined || across === undefined || up === undefined) return undefined;
  const [a, b] = [distinct(across), distinct(up)];
  const whole = a.length > 1 && b.length > 1 && a.length * b.length === table.count;
  const ordered = across.every(
    (value, index) => value === a[Math.floor(index / b.length)] && up[index] === b[index % b.length],
  );
  if (!whole || !ordered || !score.some(Number.isFinite)) return undefined;
  return {
    sides: [
      { name: first, places: a },
      { name: second, places: b },
    ],
    score,
  };
}

const distinct = (values: Float64Array): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Bands between the 1st and the 99th percentile; what is beyond belongs to the outermost. */
export interface Bands {
  readonly low: number;
  readonly high: number;
  /**
   * Rectangles as lists of one length, in cells: `column` along the first axis, from `bottom` to below `top` along the
   * second; `level` from 0 to `levels` − 1.
   */
  readonly rectangles: Readonly<Record<'column' | 'bottom' | 'top' | 'level', readonly number[]>>;
}

export function bandsOf({ sides: [first, second], score }: Field, levels: number): Bands {
  const sorted = score.filter(Number.isFinite).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))] as number; // fieldOf refuses fields without a number
  const high = sorted[Math.ceil(0.99 * (sorted.length - 1))] as number;
  const levelOf = (value: number) =>
    Math.min(levels - 1, Math.max(0, Math.floor(((value - low) / Math.max(high - low, 1e-30)) * levels)));
  const [column, bottom, top, level]: [number[], number[], number[], number[]] = [[], [], [], []];
  const rows = second.places.length;
  for (let at = 0; at < first.places.length; at++) {
    let start = 0;
    for (let row = 1; row <= rows; row++) {
      const here = levelOf(score[at * rows + start] as number);
      if (row < rows && levelOf(score[at * rows + row] as number) === here) continue;
      if (Number.isFinite(here)) {
        column.push(at);
        bottom.push(start);
        top.push(row);
        level.push(here);
      }
      start = row;
    }
  }
  return { low, high, rectangles: { column, bottom, top, level } };
}

/** Distance between two places of a side. */
export const stepOf = ({ places }: Side): number =>
  ((places.at(-1) as number) - (places[0] as number)) / (places.length - 1); // fieldOf refuses sides of one place
