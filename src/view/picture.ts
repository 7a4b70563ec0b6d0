/** Makes the picture of a trial as it ended, or of one frame, for the page: points, D's map, or a sheet of samples. */
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { preparedSetOf } from '../catalogue/truth.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { LossName } from '../methods/loss-names.ts';
import type { ModeShares } from '../metrics/class-coverage.ts';
import { levelOf, type Reading, readingOf, readingWords } from '../report/films/decision-level.ts';
import type { ReportTrial, Table } from '../report/report-data.ts';
import { type Axis, type Film, type Frame, gridSize } from '../store/film-file.ts';
import { axesOf } from '../trial/outputs/axes.ts';
import { livePlane } from './live-plane.ts';
import { packBytes, packFloats } from './pack.ts';
import type { ModeShare, PanelAxis, Picture } from './wire.ts';

/** Points of each kind in a picture of the wall. */
const mostPoints = 1_000;

/** What a picture of points is made of: at most two coordinates. */
export interface Points {
  readonly axes: readonly Axis[];
  /** Row-major `[count, axes]`. */
  readonly real?: Float32Array;
  readonly generated?: Float32Array;
  /** D's logits on the grid of the axes, the last one fastest. */
  readonly score?: Float32Array;
  readonly reading: Reading;
}

export function pictureOf({ axes, real, generated, score, reading }: Points): Picture {
  const [first, second, ...more] = axes.map(axisOf);
  if (first === undefined || more.length > 0) return { kind: 'none', why: 'more than two dimensions' };
  const parts = {
    ...(real && { real: packFloats(real) }),
    ...(generated && { generated: packFloats(generated) }),
    ...(score?.length === gridSize(axes) && { map: mapOf(score, reading), mapWords: readingWords[reading] }),
  };
  return second === undefined
    ? { kind: 'line', axes: [first], ...parts }
    : { kind: 'plane', axes: [first, second], ...parts };
}

const axisOf = ({ name, low, high, count }: Axis): PanelAxis => ({ name, low, high, count });

function mapOf(score: Float32Array, reading: Reading): string {
  const level = levelOf(reading, score);
  return packBytes(Uint8Array.from(score, (value) => Math.round(255 * level(value))));
}

/** The last picture that a trial left behind. */
export async function lastPicture(trial: ReportTrial): Promise<Picture> {
  if (preparedSetOf(trial.record.spec.data) !== undefined) {
    const sheet = await trial.sheet('samples');
    const shares = sharesIn(trial.modes);
    return sheet ? { kind: 'sheet', ...sheet, ...shares } : { kind: 'none', why: 'no sheet of samples' };
  }
  const { landscape } = trial;
  const view = livePlane(trial.truth);
  const truth = view?.truth ?? trial.truth;
  const samples = seenSamples(trial);
  if (samples === undefined) return { kind: 'none', why: 'no samples' };
  // Without a generator it is E(x) that is looked at, among the latents.
  const side = samples.texts.set?.includes('generated') ? 'x' : 'z';
  const isSeen = view !== undefined && side === 'x';
  const dim = isSeen ? 2 : ['0', '1', '2'].filter((axis) => `${side}${axis}` in samples.numbers).length;
  if (dim < 1 || dim > 2) return { kind: 'none', why: `${side} has more than two dimensions` };
  const grid = landscape && gridOf(landscape, side, dim);
  const kind = side === 'z' ? 'z' : dim === 2 ? '2d' : '1d';
  const axes = grid?.axes ?? axesOf(kind, truth, trial.record.spec.latent);
  const real = side === 'x' ? pointsIn(samples, 'real', side, dim) : undefined;
  return pictureOf({
    axes,
    ...(real && { real }),
    generated: pointsIn(samples, side === 'x' ? 'generated' : 'real', side, dim),
    ...(grid && { score: grid.score }),
    reading: readingOf(trial.record.spec.loss),
  });
}

/** A trial's samples, x0 and x1 as they are seen. */
export function seenSamples({ samples, truth }: ReportTrial): Table | undefined {
  return samples && (livePlane(truth)?.see(samples) ?? samples);
}

/** Points that a trial at work is looked at by, where no film is taken of them: `[count, dim]`. */
export function pointsPicture(
  { real, generated }: { readonly real: Float32Array; readonly generated: Float32Array },
  truth: Truth,
  { loss, latent }: Pick<ResolvedSpec, 'loss' | 'latent'>,
): Picture {
  const view = livePlane(truth);
  if (view === undefined) return { kind: 'none', why: 'x has more than two dimensions' };
  const seen = (points: Float32Array) => Float32Array.from(view.seePoints(points));
  const axes = axesOf('2d', view.truth, latent);
  return pictureOf({ axes, real: seen(real), generated: seen(generated), reading: readingOf(loss) });
}

/** Those that a trial left in modes.csv. */
function sharesIn(modes: Table | undefined): { readonly shares?: readonly ModeShare[] } {
  const names = modes?.texts.mode ?? [];
  const { real, generated } = modes?.numbers ?? {};
  if (names.length === 0 || !real || !generated) return {};
  return { shares: names.map((mode, at) => ({ mode, real: real[at] ?? 0, generated: generated[at] ?? 0 })) };
}

/** A sheet that a trial at work, or somebody who plays, is looked at by. */
export function sheetPicture({
  png,
  columns,
  rows,
  shares,
}: {
  readonly png: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly shares: readonly ModeShares[];
}): Picture {
  const uri = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const known = shares.map(({ mode, real, generated = 0 }) => ({ mode, real, generated }));
  return { kind: 'sheet', uri, columns, rows, ...(known.length > 0 && { shares: known }) };
}

function pointsIn({ numbers, texts, count }: Table, set: string, side: string, dim: number): Float32Array {
  const columns = Array.from({ length: dim }, (_, axis) => numbers[`${side}${axis}`]);
  const points: number[] = [];
  for (let row = 0; row < count && points.length < mostPoints * dim; row++) {
    if (texts.set?.[row] === set) points.push(...columns.map((column) => column?.[row] ?? Number.NaN));
  }
  return Float32Array.from(points);
}

/** The grid of landscape.csv where it lies over the same coordinates, and is whole. */
function gridOf({ numbers, count }: Table, side: string, dim: number) {
  const names = Array.from({ length: dim }, (_, axis) => `${side}${axis}`);
  const places = names.map((name) => [...new Set(numbers[name] ?? [])]);
  const { score } = numbers;
  const others = ['x0', 'x1', 'z0', 'z1'].filter((name) => name in numbers && !names.includes(name));
  const whole =
    places.reduce((size, { length }) => size * length, 1) === count && places.every((all) => all.length > 1);
  if (score === undefined || !whole || others.length > 0) return undefined;
  const axes = names.map((name, axis): Axis => {
    const own = places[axis] ?? [];
    return { name, low: Math.min(...own), high: Math.max(...own), count: own.length };
  });
  return { axes, score: Float32Array.from(score) };
}

/** One frame of a film: what D sees, real and generated. For a D of pairs of numbers (x, E(x)) and (G(z), z) in one plane. */
export function framePicture(film: Omit<Film, 'frames'>, frame: Frame, loss: LossName): Picture {
  const { kind, axes, real, latents } = film;
  const { generated, encoded, score } = frame;
  const common = { axes, score, reading: readingOf(loss) };
  switch (kind) {
    case '1d':
    case '2d':
      return pictureOf({ ...common, real, generated });
    case '1d-xz':
      return pictureOf({ ...common, real: paired(real, encoded), generated: paired(generated, latents) });
    case 'z':
      return pictureOf({ ...common, generated: encoded ?? new Float32Array() });
    default:
      return kind satisfies never;
  }
}

/** Two columns of numbers side by side, `[count, 2]`. */
const paired = (first: Float32Array, second: Float32Array = new Float32Array()): Float32Array =>
  Float32Array.from({ length: 2 * Math.min(first.length, second.length) }, (_, at) =>
    Number((at % 2 === 0 ? first : second)[at >> 1]),
  );
