/** Which axes of a loop over several tensors can be walked as one. */
import type { Shape } from '../../graph/graph.ts';

/** Axes that are walked as one: their size, and the axes of the shape that they are, the innermost last. */
export interface JoinedAxis {
  readonly size: number;
  readonly axes: readonly number[];
}

/**
 * Neighbours that every tensor steps through as if they were one; axes of size 1 are left out.
 *
 * @param strides of every tensor, broadcast to the shape. @param from the first axis that is looked at. @param to the one after the last.
 */
export function joinedAxes(
  shape: Shape,
  strides: readonly (readonly number[])[],
  from = 0,
  to = shape.length,
): readonly JoinedAxis[] {
  const joined: JoinedAxis[] = [];
  for (let axis = from; axis < to; axis++) {
    const size = shape[axis] ?? 1;
    if (size === 1) continue;
    const outer = joined.at(-1);
    const last = outer?.axes.at(-1);
    const follows = last !== undefined && strides.every((steps) => steps[last] === (steps[axis] ?? 0) * size);
    if (outer && follows) joined[joined.length - 1] = { size: outer.size * size, axes: [...outer.axes, axis] };
    else joined.push({ size, axes: [axis] });
  }
  return joined;
}

/** Whether a reduction can walk the tensors: its columns are one axis, along which numbers follow one another or repeat. */
export function isWalkable(
  shape: Shape,
  over: 'all' | 'rows' | 'columns',
  split: number,
  strides: readonly (readonly number[])[],
): boolean {
  const columns = joinedAxes(shape, strides, over === 'all' ? 0 : split);
  if (over !== 'all' && columns.length > 1) return false;
  const last = columns.at(-1)?.axes.at(-1) ?? -1;
  return strides.every((steps) => (steps[last] ?? 0) <= 1);
}
