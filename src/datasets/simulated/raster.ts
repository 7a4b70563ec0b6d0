/**
 * Rasterises polygons with smooth edges on a small square picture. Coordinates are in the unit square (x right, y down),
 * so one drawing serves every size.
 */

/** Straight (not linear-light) red, green and blue, 0 … 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A closed outline: x₀, y₀, x₁, y₁, … in unit coordinates. */
export type Outline = readonly number[];

/** What fills an outline. Opacities are 1 where they are left out. */
export type Paint =
  | { readonly kind: 'flat'; readonly colour: Colour; readonly opacity?: number }
  | {
      /** From `from` at `start` to `to` at `end`, constant beyond. */
      readonly kind: 'linear';
      readonly from: Colour;
      readonly to: Colour;
      readonly start: readonly [x: number, y: number];
      readonly end: readonly [x: number, y: number];
      readonly opacities?: readonly [from: number, to: number];
    }
  | {
      /** From `from` at `centre` to `to` at `radius` from it, constant beyond. */
      readonly kind: 'radial';
      readonly from: Colour;
      readonly to: Colour;
      readonly centre: readonly [x: number, y: number];
      readonly radius: number;
      readonly opacities?: readonly [from: number, to: number];
    };

export interface Canvas {
  readonly size: number;
  /** Row-major `[size, size, 3]`, 0 … 1. */
  readonly colours: Float32Array;
  /** Share of each pixel of the row at hand that the outline covers. */
  readonly coverage: Float32Array;
  /** Of each line: how many crossings with the outline, where they are from left to right, in pixels, and their direction. */
  readonly counts: Uint8Array;
  readonly crossings: Float32Array;
  readonly directions: Int8Array;
}

/** Lines a pixel row is cut into; along a line coverage is exact. */
const linesPerRow = 6;
/** Crossings of one line with one outline that there is room for. */
const mostCrossings = 32;

export function makeCanvas(size: number): Canvas {
  const lines = size * linesPerRow;
  return {
    size,
    colours: new Float32Array(size * size * 3),
    coverage: new Float32Array(size),
    counts: new Uint8Array(lines),
    crossings: new Float32Array(lines * mostCrossings),
    directions: new Int8Array(lines * mostCrossings),
  };
}

/** Fills what the outline winds about (the non-zero rule), blending at its edges by the share of the pixel that it covers. */
export function fill(canvas: Canvas, outline: Outline, paint: Paint): void {
  const { size, coverage, counts, crossings, directions } = canvas;
  const { first, last } = cross(canvas, outline);
  for (let row = Math.floor(first / linesPerRow); row * linesPerRow <= last; row++) {
    let left = size;
    let right = -1;
    for (let line = row * linesPerRow; line < (row + 1) * linesPerRow; line++) {
      const start = line * mostCrossings;
      const end = start + (counts[line] as number) - 1;
      let winding = 0;
      for (let c = start; c < end; c++) {
        winding += directions[c] as number;
        if (winding === 0) continue;
        const from = Math.max(0, crossings[c] as number);
        const to = Math.min(size, crossings[c + 1] as number);
        if (to <= from) continue;
        cover(coverage, from, to);
        left = Math.min(left, Math.floor(from));
        right = Math.max(right, Math.min(size - 1, Math.floor(to)));
      }
      counts[line] = 0;
    }
    if (right < left) continue;
    blend(canvas, row, left, right, paint);
    coverage.fill(0, left, right + 1);
  }
}

/** Notes where the outline crosses each line, and tells which lines it can cross at all. */
function cross({ size, counts, crossings, directions }: Canvas, outline: Outline): { first: number; last: number } {
  const lines = size * linesPerRow;
  let first = lines;
  let last = -1;
  let x0 = (outline[outline.length - 2] as number) * size;
  let y0 = (outline[outline.length - 1] as number) * lines - 0.5; // line k lies at y = k
  for (let p = 0; p < outline.length; p += 2) {
    const x1 = (outline[p] as number) * size;
    const y1 = (outline[p + 1] as number) * lines - 0.5;
    const top = Math.max(0, Math.ceil(Math.min(y0, y1)));
    const bottom = Math.min(lines, Math.ceil(Math.max(y0, y1))) - 1;
    const slope = (x1 - x0) / (y1 - y0);
    const direction = y1 > y0 ? 1 : -1;
    for (let line = top; line <= bottom; line++) {
      const x = x0 + (line - y0) * slope;
      const start = line * mostCrossings;
      const count = counts[line] as number;
      if (count === mostCrossings) throw new Error('internal: an outline that crosses a line too often');
      let at = start + count;
      for (; at > start && (crossings[at - 1] as number) > x; at--) {
        crossings[at] = crossings[at - 1] as number;
        directions[at] = directions[at - 1] as number;
      }
      crossings[at] = x;
      directions[at] = direction;
      counts[line] = count + 1;
    }
    if (top <= bottom) {
      first = Math.min(first, top);
      last = Math.max(last, bottom);
    }
    x0 = x1;
    y0 = y1;
  }
  return { first, last };
}

/** Adds the span [from, to) of one line to the row's coverage. */
function cover(coverage: Float32Array, from: number, to: number): void {
  const first = Math.floor(from);
  const last = Math.floor(to);
  const weight = 1 / linesPerRow;
  if (first === last) {
    coverage[first] = (coverage[first] as number) + weight * (to - from);
    return;
  }
  coverage[first] = (coverage[first] as number) + weight * (first + 1 - from);
  for (let x = first + 1; x < last; x++) coverage[x] = (coverage[x] as number) + weight;
  if (last < coverage.length) coverage[last] = (coverage[last] as number) + weight * (to - last);
}

function blend({ size, colours, coverage }: Canvas, row: number, left: number, right: number, paint: Paint): void {
  const from = paint.kind === 'flat' ? paint.colour : paint.from;
  const to = paint.kind === 'flat' ? paint.colour : paint.to;
  const [opaque, opaqueEnd] = opacities(paint);
  const progress = along(paint, (row + 0.5) / size);
  for (let x = left; x <= right; x++) {
    const share = Math.min(1, coverage[x] as number);
    if (share === 0) continue;
    const at = (row * size + x) * 3;
    const t = progress === undefined ? 0 : progress((x + 0.5) / size);
    const weight = share * (opaque + t * (opaqueEnd - opaque));
    for (let c = 0; c < 3; c++) {
      const colour = (from[c] as number) + t * ((to[c] as number) - (from[c] as number));
      const below = colours[at + c] as number;
      colours[at + c] = below + weight * (colour - below);
    }
  }
}

/** How far along a gradient the places of a row lie, 0 … 1. */
function along(paint: Paint, y: number): ((x: number) => number) | undefined {
  switch (paint.kind) {
    case 'flat':
      return undefined;
    case 'linear': {
      const [x0, y0] = paint.start;
      const [dx, dy] = [paint.end[0] - x0, paint.end[1] - y0];
      const squared = dx * dx + dy * dy;
      return (x) => clamp(((x - x0) * dx + (y - y0) * dy) / squared);
    }
    case 'radial': {
      const [x0, y0] = paint.centre;
      const { radius } = paint;
      return (x) => clamp(Math.sqrt((x - x0) * (x - x0) + (y - y0) * (y - y0)) / radius);
    }
    default:
      throw new Error(`internal: no such paint: ${JSON.stringify(paint satisfies never)}`);
  }
}

function opacities(paint: Paint): readonly [from: number, to: number] {
  if (paint.kind !== 'flat') return paint.opacities ?? [1, 1];
  const opacity = paint.opacity ?? 1;
  return [opacity, opacity];
}

const clamp = (t: number): number => Math.min(1, Math.max(0, t));

/** Between two colours, `t` = 0 … 1. */
export const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + t * (b[0] - a[0]),
  a[1] + t * (b[1] - a[1]),
  a[2] + t * (b[2] - a[2]),
];

/** A colour under more (above 1) or less light. */
export const lit = (colour: Colour, light: number): Colour => [colour[0] * light, colour[1] * light, colour[2] * light];
