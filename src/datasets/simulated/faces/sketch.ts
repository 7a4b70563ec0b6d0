/**
 * Draws in the coordinates of a head: origin at its centre, x to the picture's right, y down, lengths as shares of the
 * picture's side. Tilt and position are applied here; rotation is applied by `across`.
 */
import { type Canvas, fill, type Outline, type Paint } from '../raster.ts';
import type { Sitter } from './sitter.ts';

export interface Sketch {
  readonly sitter: Sitter;
  fill(outline: Outline, paint: Paint): void;
  /** Where a place on the head lies that is `angle` radians from the middle of the face, seen from the front. */
  across(angle: number): number;
  /** How much narrower things look there. */
  squeeze(angle: number): number;
  /** The head's own outline moves with the turn: the chin towards it, the back of the head away. `v`: −1 crown, 1 chin. */
  lean(v: number): number;
}

/** The middle of the head on the picture. */
const middle = [0.5, 0.53] as const;

export function sketch(canvas: Canvas, sitter: Sitter): Sketch {
  const { width, yaw, roll, shift } = sitter;
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  const [x0, y0] = [middle[0] + shift[0], middle[1] + shift[1]];
  const placed = (x: number, y: number): readonly [number, number] => [x0 + cos * x - sin * y, y0 + sin * x + cos * y];
  return {
    sitter,
    fill: (outline, paint) => fill(canvas, moved(outline, placed), movedPaint(paint, placed)),
    across: (angle) => width * Math.sin(Math.max(-Math.PI / 2, Math.min(Math.PI / 2, angle + yaw))),
    squeeze: (angle) => Math.max(0.25, Math.cos(angle + yaw)),
    lean: (v) => width * Math.sin(yaw) * 0.3 * v,
  };
}

type Placed = (x: number, y: number) => readonly [number, number];

function moved(outline: Outline, placed: Placed): Outline {
  const there: number[] = [];
  for (let p = 0; p < outline.length; p += 2) there.push(...placed(outline[p] as number, outline[p + 1] as number));
  return there;
}

function movedPaint(paint: Paint, placed: Placed): Paint {
  switch (paint.kind) {
    case 'flat':
      return paint;
    case 'linear':
      return { ...paint, start: placed(...paint.start), end: placed(...paint.end) };
    case 'radial':
      return { ...paint, centre: placed(...paint.centre) };
    default:
      throw new Error(`internal: no such paint: ${JSON.stringify(paint satisfies never)}`);
  }
}

/** An outline from corners (x, y), for `smooth` and the like. */
export const corners = (...places: readonly (readonly [x: number, y: number])[]): Outline => places.flat();
