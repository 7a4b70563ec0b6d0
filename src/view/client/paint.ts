/** Paints a trial's picture on a canvas: D's map, the modes, the data, the samples in the colours of their modes. */
import type { Picture, WallTruth } from '../wire.ts';
import type { Inks } from './scheme.ts';
import { bytesOf, floats } from './unpack.ts';

export interface PaintOptions {
  readonly inks: Inks;
  readonly truth?: WallTruth | undefined;
  /** Of samples that are of no mode's colour. */
  readonly colour: string;
  readonly showData: boolean;
  readonly showMap: boolean;
  /** Default: they are. */
  readonly showSamples?: boolean;
}

type Plane = Extract<Picture, { kind: 'plane' }>;
type Line = Extract<Picture, { kind: 'line' }>;

/** The canvas has the size in which it is shown, in CSS pixels times `scale`. */
export function paint(canvas: HTMLCanvasElement, picture: Plane | Line, scale: number, options: PaintOptions): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (picture.kind === 'plane') paintPlane(context, picture, scale, options);
  else paintLine(context, picture, scale, options);
}

function paintPlane(context: CanvasRenderingContext2D, picture: Plane, scale: number, options: PaintOptions): void {
  const { width, height } = context.canvas;
  const [across, up] = picture.axes;
  const x = (value: number) => ((value - across.low) / (across.high - across.low)) * width;
  const y = (value: number) => height - ((value - up.low) / (up.high - up.low)) * height;
  const { inks, truth, colour, showData, showMap } = options;
  if (showMap && picture.map !== undefined) {
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    // A place of the grid is the middle of its pixel: the outermost ones reach half a place beyond the frame.
    const [halfX, halfY] = [width / (across.count - 1) / 2, height / (up.count - 1) / 2];
    const map = tinted(bytesOf(picture.map), across.count, up.count, inks);
    context.drawImage(map, -halfX, -halfY, width + 2 * halfX, height + 2 * halfY);
  }
  const isData = truth !== undefined && across.name === 'x0' && (truth.dim === 1 || up.name === 'x1');
  if (isData && truth.dim === 2) rings(context, truth, x, y, scale, inks);
  // Dots shrink where the canvas is small: a wall has many, and none may hide the modes.
  const dot = Math.min(2.4, Math.max(1, (width / scale) * 0.0065)) * scale;
  if (showData) {
    context.globalAlpha = 0.45;
    dots(context, floats(picture.real), x, y, dot * 0.8, () => inks.soft);
    context.globalAlpha = 1;
  }
  if (options.showSamples === false) return;
  const generated = floats(picture.generated);
  const modes = isData ? modesOf(truth, generated) : undefined;
  // What is at no mode is drawn first, and fainter: what is at one shows on top of it.
  context.globalAlpha = modes ? 0.6 : 1;
  dots(context, generated, x, y, dot, (at) => (modes === undefined ? colour : modes[at] === -1 ? inks.ink : undefined));
  context.globalAlpha = 1;
  if (modes) dots(context, generated, x, y, dot, (at) => truth?.colours[modes[at] ?? -1]);
}

/** Blue where D takes a place for real, orange where it takes it for generated, the stronger the surer it is. */
function tinted(levels: Uint8Array, columns: number, rows: number, { win, lose }: Inks): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d');
  const image = new ImageData(columns, rows);
  const [blue, orange] = [win, lose].map((text) => text.split(',').map(Number));
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const sure = (levels[column * rows + row] ?? 127.5) / 127.5 - 1;
      const at = 4 * ((rows - 1 - row) * columns + column);
      const [r = 0, g = 0, b = 0] = (sure > 0 ? blue : orange) ?? [];
      image.data.set([r, g, b, Math.round(Math.abs(sure) * 95)], at);
    }
  }
  context?.putImageData(image, 0, 0);
  return canvas;
}

type Scale = (value: number) => number;

function rings(
  context: CanvasRenderingContext2D,
  { centres, radius }: WallTruth,
  x: Scale,
  y: Scale,
  scale: number,
  { soft }: Inks,
): void {
  context.strokeStyle = soft;
  context.lineWidth = 0.75 * scale;
  context.globalAlpha = 0.7;
  for (let at = 0; at + 1 < centres.length; at += 2) {
    const [cx, cy] = [centres[at] ?? 0, centres[at + 1] ?? 0];
    context.beginPath();
    context.ellipse(x(cx), y(cy), Math.abs(x(radius) - x(0)), Math.abs(y(radius) - y(0)), 0, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Points `[count, 2]`, those of one colour together: a canvas is slow at changing its colour. None for no colour. */
function dots(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  x: Scale,
  y: Scale,
  size: number,
  colourOf: (point: number) => string | undefined,
): void {
  const byColour = new Map<string, number[]>();
  for (let point = 0; point * 2 + 1 < points.length; point++) {
    const colour = colourOf(point);
    if (colour === undefined) continue;
    const own = byColour.get(colour);
    if (own) own.push(point);
    else byColour.set(colour, [point]);
  }
  for (const [colour, own] of byColour) {
    context.fillStyle = colour;
    context.beginPath();
    for (const point of own) {
      const [cx, cy] = [x(points[2 * point] ?? Number.NaN), y(points[2 * point + 1] ?? Number.NaN)];
      if (!Number.isFinite(cx) || !Number.isFinite(cy)) continue;
      context.moveTo(cx + size, cy);
      context.arc(cx, cy, size, 0, 2 * Math.PI);
    }
    context.fill();
  }
}

/** The mode that each sample is at, −1 for none. `points` are pairs, whatever `dim` is. */
const modesOf = (truth: WallTruth, points: Float32Array): Int32Array =>
  Int32Array.from({ length: points.length >> 1 }, (_, at) =>
    nearestMode(truth, points[2 * at] ?? Number.NaN, points[2 * at + 1] ?? Number.NaN),
  );

/** −1 where none is within its radius. */
export function nearestMode({ centres, dim, radius }: WallTruth, first: number, second: number): number {
  let best = -1;
  let least = radius ** 2;
  for (let mode = 0; mode * dim < centres.length; mode++) {
    const dx = first - (centres[mode * dim] ?? Number.NaN);
    const dy = dim === 2 ? second - (centres[mode * dim + 1] ?? Number.NaN) : 0;
    const squared = dx * dx + dy * dy;
    if (squared <= least) [best, least] = [mode, squared];
  }
  return best;
}

const bins = 64;

/** Histograms: the data behind, samples in the colours of their modes before them; D as a line from 0 to 1. */
function paintLine(context: CanvasRenderingContext2D, picture: Line, scale: number, options: PaintOptions): void {
  const { width, height } = context.canvas;
  const [{ low, high }] = picture.axes;
  const { inks, truth, colour, showData, showMap } = options;
  const binOf = (value: number) => Math.floor(((value - low) / (high - low)) * bins);
  const counted = (points: Float32Array) => {
    const counts = new Float64Array(bins);
    for (const value of points) {
      const bin = binOf(value);
      if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1 / points.length;
    }
    return counts;
  };
  const [real, generated] = [counted(floats(picture.real)), counted(floats(picture.generated))];
  const most = Math.max(...real, ...generated, 1e-9) * 1.1;
  const bars = (counts: Float64Array, colourOf: (bin: number) => string) => {
    for (let bin = 0; bin < bins; bin++) {
      const tall = ((counts[bin] ?? 0) / most) * height;
      context.fillStyle = colourOf(bin);
      context.fillRect((bin * width) / bins, height - tall, width / bins + 0.5, tall);
    }
  };
  if (showData) bars(real, () => inks.line);
  context.globalAlpha = 0.8;
  const middle = (bin: number) => low + ((bin + 0.5) / bins) * (high - low);
  const mode = (bin: number) => (truth?.dim === 1 ? nearestMode(truth, middle(bin), 0) : -1);
  bars(generated, (bin) => truth?.colours[mode(bin)] ?? colour);
  context.globalAlpha = 1;
  if (!showMap || picture.map === undefined) return;
  const levels = bytesOf(picture.map);
  context.strokeStyle = inks.ink;
  context.lineWidth = 1.5 * scale;
  context.beginPath();
  levels.forEach((level, at) => {
    context.lineTo((at / (levels.length - 1)) * width, height * (0.97 - 0.94 * (level / 255)));
  });
  context.stroke();
}
