/** Draws paths through toy data: a point moving in the plane, or a number along its path, over examples of the data. */
import type { TopLevelSpec } from 'vega-lite';
import type { Points } from '../../base/points.ts';
import { pointAt } from '../../base/points.ts';
import { truth, wheelColour } from '../../summary/palette.ts';
import { sixDigits } from './points.ts';

export interface Lines {
  /** The points of all lines, one after another, `[lines · steps, 1 or 2]`. */
  readonly points: Points;
  readonly steps: number;
  /** What a line is: `leg`, `dimension`. */
  readonly kind: string;
  readonly names: readonly string[];
  /** Of a number: what the way along a line is, and its values for the steps. */
  readonly along: { readonly title: string; readonly at: readonly number[] };
}

const side = 360;

/** `data` are examples of it; where there are none, the lines alone. */
export function linesFigure({ points, steps, kind, names, along }: Lines, data?: Points): TopLevelSpec {
  const isPlane = points.dim > 1;
  const place = (axis: 'x' | 'y', title: string) => ({
    field: axis,
    type: 'quantitative' as const,
    scale: { zero: false, nice: false, padding: 8 },
    axis: { title, tickCount: 5 },
  });
  const position = isPlane
    ? { x: place('x', 'x0'), y: place('y', 'x1') }
    : { x: place('x', along.title), y: place('y', 'x0') };
  const rows = Array.from({ length: points.count }, (_, index) => {
    const [first = 0, second = 0] = pointAt(points, index);
    const step = index % steps;
    const at = isPlane ? { x: first, y: second } : { x: along.at[step] ?? step, y: first };
    return { line: names[Math.floor(index / steps)] ?? '', step, x: sixDigits(at.x), y: sixDigits(at.y) };
  });
  const colour = {
    field: 'line',
    type: 'nominal' as const,
    title: kind,
    scale: { domain: [...names], range: names.map((_, index) => wheelColour(index / names.length)) },
  };
  return {
    width: side,
    height: side,
    layer: [
      ...(data ? [isPlane ? cloud(data, position) : rug(data, position.y)] : []),
      {
        data: { values: rows },
        mark: { type: 'line', strokeWidth: 1.6 },
        encoding: { ...position, color: colour, order: { field: 'step' } },
      },
      {
        data: { values: rows },
        mark: { type: 'point', filled: true, size: 22 },
        encoding: { ...position, color: colour },
      },
    ],
  };
}

const cloud = (data: Points, position: object) => ({
  data: {
    values: Array.from({ length: data.count }, (_, index) => {
      const [x = 0, y = 0] = pointAt(data, index);
      return { x: sixDigits(x), y: sixDigits(y) };
    }),
  },
  mark: { type: 'point' as const, filled: true, size: 8, color: truth, opacity: 0.5 },
  encoding: position,
});

/** Examples of a number: ticks at the left edge. */
const rug = (data: Points, y: object) => ({
  data: { values: Array.from(data.values, (value) => ({ y: sixDigits(value) })) },
  mark: { type: 'tick' as const, color: truth, orient: 'horizontal' as const, size: 10 },
  encoding: { x: { value: 5 }, y },
});
