/** Draws paths through toy data: a point moving in the plane, or a number along its path, over examples of the data. */
import type { TopLevelSpec } from 'vega-lite';
import type { Points } from '../../base/points.ts';
import { pointAt } from '../../base/points.ts';
import { truth, wheelColour } from '../../summary/palette.ts';
import { sixDigits } from './points.ts';

export interface Paths {
  /** Of all paths, one after another, each in `along.at.length` equal steps, `[paths · steps, 1 or 2]`. */
  readonly points: Points;
  /** Of which so many, evenly spaced, are marked: those that were asked for. */
  readonly steps: number;
  /** What a path is: `leg`, `dimension`. */
  readonly kind: string;
  readonly names: readonly string[];
  /** Of a number: what the way along a path is, and its values for the points. */
  readonly along: { readonly title: string; readonly at: readonly number[] };
}

const side = 360;
/** Points of a path, at least: where G jumps they are far apart, which a line between them would hide. */
const least = 400;

/** As many equal steps as make a path, of which every so many-th is one of `steps`. */
export const fineSteps = (steps: number): number => (steps - 1) * Math.ceil(least / (steps - 1)) + 1;

/** `data` are examples of it; where there are none, the paths alone. */
export function pathsFigure({ points, steps, kind, names, along }: Paths, data?: Points): TopLevelSpec {
  const isPlane = points.dim > 1;
  const fine = along.at.length;
  const every = (fine - 1) / (steps - 1);
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
    const step = index % fine;
    const at = isPlane ? { x: first, y: second } : { x: along.at[step] ?? step, y: first };
    return { path: names[Math.floor(index / fine)] ?? '', step, x: sixDigits(at.x), y: sixDigits(at.y) };
  });
  const colour = {
    field: 'path',
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
        mark: { type: 'point', filled: true, size: 3 },
        encoding: { ...position, color: colour },
      },
      {
        data: { values: rows.filter(({ step }) => step % every === 0) },
        mark: { type: 'point', filled: true, size: 26 },
        encoding: { ...position, color: colour },
      },
      {
        // where it begins
        data: { values: rows.filter(({ step }) => step === 0) },
        mark: { type: 'point', filled: false, size: 120, strokeWidth: 2 },
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
  mark: { type: 'point' as const, filled: true, size: 8, color: truth, fillOpacity: 0.5 },
  encoding: position,
});

/** Examples of a number: ticks at the left edge. */
const rug = (data: Points, y: object) => ({
  data: { values: Array.from(data.values, (value) => ({ y: sixDigits(value) })) },
  mark: { type: 'tick' as const, color: truth, orient: 'horizontal' as const, size: 10 },
  encoding: { x: { value: 5 }, y },
});
