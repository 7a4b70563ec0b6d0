/** Where statements go: the numbers that a place visits. */
import type { Place, Statement } from './program.ts';

/** Rows of a statement, those of its outer axes included. */
export const rowsOf = ({ outer = [], rows }: Pick<Statement, 'outer' | 'rows'>): number =>
  outer.reduce((count, size) => count * size, rows);

/** An axis that a place moves along. */
export interface Axis {
  readonly size: number;
  readonly step: number;
}

/** The axes that a place's rows are walked along, the outermost first. */
export const rowAxes = (
  { outer: steps = [], row }: Place,
  { outer = [], rows }: Pick<Statement, 'outer' | 'rows'>,
): readonly Axis[] => [...outer.map((size, at) => ({ size, step: steps[at] ?? 0 })), { size: rows, step: row }];

/** How far from the first each number lies, in the order of the walk. */
export function distances(axes: readonly Axis[]): readonly number[] {
  return axes.reduce<readonly number[]>(
    (starts, { size, step }) => starts.flatMap((start) => Array.from({ length: size }, (_, at) => start + at * step)),
    [0],
  );
}

/** The nearest and the farthest distance. */
export function reach(axes: readonly Axis[]): readonly [lowest: number, highest: number] {
  let [lowest, highest] = [0, 0];
  for (const { size, step } of axes) {
    const far = Math.max(0, size - 1) * step;
    if (far < 0) lowest += far;
    else highest += far;
  }
  return [lowest, highest];
}
