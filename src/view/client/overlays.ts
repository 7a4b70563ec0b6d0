/** Draws over a trial's picture what a small one on the wall has no room for: contours, gradient, manifold, reconstructions. */
import type { FilmFrame, Picture } from '../wire.ts';
import type { Inks } from './scheme.ts';
import { bytesOf, floats } from './unpack.ts';

export type Plane = Extract<Picture, { kind: 'plane' }>;
type Context = CanvasRenderingContext2D;

/** From data units to pixels of a canvas that shows the whole of a plane. */
export function scalesOf({ axes: [across, up] }: Plane, width: number, height: number) {
  return {
    x: (value: number) => ((value - across.low) / (across.high - across.low)) * width,
    y: (value: number) => height - ((value - up.low) / (up.high - up.low)) * height,
  };
}

/** Levels of D's map, of 255. */
const contourLevels = [38, 83, 128, 173, 218];

/** Marching squares: each cell of the grid has up to two pieces of a level's line. */
export function contours(context: Context, plane: Plane, scale: number, { ink }: Inks): void {
  const { axes, map } = plane;
  const [across, up] = axes;
  const levels = bytesOf(map);
  if (levels.length !== across.count * up.count) return;
  const { x, y } = scalesOf(plane, context.canvas.width, context.canvas.height);
  const place = ({ low, high, count }: Plane['axes'][0], at: number) => low + ((high - low) * at) / (count - 1);
  const at = (column: number, row: number) => levels[column * up.count + row] ?? 0;
  context.strokeStyle = ink;
  context.globalAlpha = 0.5;
  context.lineWidth = scale;
  context.beginPath();
  for (const level of contourLevels) {
    for (let column = 0; column + 1 < across.count; column++) {
      for (let row = 0; row + 1 < up.count; row++) {
        const corners = [
          [column, row],
          [column + 1, row],
          [column + 1, row + 1],
          [column, row + 1],
        ] as const;
        const crossed = corners.flatMap(([c, r], side) => {
          const [nextC, nextR] = corners[(side + 1) % 4] as readonly [number, number]; // four corners
          const [a, b] = [at(c, r) - level, at(nextC, nextR) - level];
          if (a >= 0 === b >= 0) return [];
          const part = a / (a - b);
          return [[x(place(across, c + part * (nextC - c))), y(place(up, r + part * (nextR - r)))] as const];
        });
        for (let piece = 0; piece + 1 < crossed.length; piece += 2) {
          const [from, to] = [crossed[piece], crossed[piece + 1]];
          if (!from || !to) continue;
          context.moveTo(...from);
          context.lineTo(...to);
        }
      }
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Arrows along a side. */
const arrowsAcross = 15;

/** Where D's logit rises, the longer the steeper, at most as long as their distance. */
export function gradient(context: Context, plane: Plane, frame: FilmFrame, scale: number, { ink }: Inks): void {
  const [across, up] = plane.axes;
  const score = floats(frame.score);
  if (score.length !== across.count * up.count) return;
  const { width, height } = context.canvas;
  const { x, y } = scalesOf(plane, width, height);
  const [stepX, stepY] = [(across.high - across.low) / (across.count - 1), (up.high - up.low) / (up.count - 1)];
  const at = (column: number, row: number) => score[column * up.count + row] ?? Number.NaN;
  const arrows: { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }[] = [];
  for (let i = 0; i < arrowsAcross; i++) {
    for (let j = 0; j < arrowsAcross; j++) {
      const column = 1 + Math.round((i * (across.count - 3)) / (arrowsAcross - 1));
      const row = 1 + Math.round((j * (up.count - 3)) / (arrowsAcross - 1));
      const dx = (at(column + 1, row) - at(column - 1, row)) / (2 * stepX);
      const dy = (at(column, row + 1) - at(column, row - 1)) / (2 * stepY);
      if (Number.isFinite(dx + dy)) arrows.push({ x: across.low + column * stepX, y: up.low + row * stepY, dx, dy });
    }
  }
  const norms = arrows.map(({ dx, dy }) => Math.hypot(dx, dy)).sort((a, b) => a - b);
  const large = norms[Math.floor(0.9 * (norms.length - 1))] ?? 0;
  if (large === 0) return;
  const longest = (0.8 * width) / arrowsAcross;
  context.strokeStyle = ink;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.2 * scale;
  context.beginPath();
  for (const { x: ax, y: ay, dx, dy } of arrows) {
    const norm = Math.hypot(dx, dy);
    const length = longest * Math.min(1, norm / large);
    if (length < 2 * scale) continue;
    const [ux, uy] = [dx / norm, -dy / norm]; // screens count downwards
    const [fromX, fromY] = [x(ax) - (ux * length) / 2, y(ay) - (uy * length) / 2];
    const [toX, toY] = [fromX + ux * length, fromY + uy * length];
    const head = Math.min(length * 0.45, 5 * scale);
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.moveTo(toX - head * (ux + 0.6 * uy), toY - head * (uy - 0.6 * ux));
    context.lineTo(toX, toY);
    context.lineTo(toX - head * (ux - 0.6 * uy), toY - head * (uy + 0.6 * ux));
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** The lattice as G bends it: neighbours joined, a line for latents of one dimension. */
export function manifold(
  context: Context,
  plane: Plane,
  frame: FilmFrame,
  latentDim: number,
  scale: number,
  colour: string,
): void {
  const points = floats(frame.lattice);
  const count = points.length / 2;
  const side = latentDim === 1 ? count : Math.round(Math.sqrt(count));
  const { x, y } = scalesOf(plane, context.canvas.width, context.canvas.height);
  const join = (places: readonly number[]) =>
    places.forEach((place, at) => {
      const [px, py] = [x(points[2 * place] ?? Number.NaN), y(points[2 * place + 1] ?? Number.NaN)];
      if (at === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    });
  context.strokeStyle = colour;
  context.globalAlpha = 0.85;
  context.lineWidth = scale;
  context.beginPath();
  const along = Array.from({ length: side }, (_, at) => at);
  for (let line = 0; line * side < count; line++) join(along.map((at) => line * side + at));
  if (latentDim > 1) for (const column of along) join(along.map((at) => at * side + column));
  context.stroke();
  context.globalAlpha = 1;
}

export function reconstructions(context: Context, plane: Plane, frame: FilmFrame, scale: number, { ink }: Inks): void {
  const rows = floats(frame.reconstructions);
  const { x, y } = scalesOf(plane, context.canvas.width, context.canvas.height);
  context.strokeStyle = ink;
  context.globalAlpha = 0.6;
  context.lineWidth = scale;
  context.beginPath();
  for (let at = 0; at + 3 < rows.length; at += 4) {
    context.moveTo(x(rows[at] ?? 0), y(rows[at + 1] ?? 0));
    context.lineTo(x(rows[at + 2] ?? 0), y(rows[at + 3] ?? 0));
  }
  context.stroke();
  context.globalAlpha = 1;
}
