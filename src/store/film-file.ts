/**
 * Encodes and decodes film.json: what a trial's networks computed at a declared set of training steps, on the same points
 * each time. Numbers are float32 in base64, in data units, and of the raw weights, not of their moving average.
 */
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { faultOf, inLine } from '../base/one-line.ts';
import { parseJson } from '../disk/parse-json.ts';
import { type FilmKind, filmKinds } from '../methods/film-kind.ts';

/** One axis of the grid that D is evaluated on: `count` places from `low` to `high`, both included. */
export interface Axis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface Frame {
  readonly step: number;
  /** G of `Film.latents`, row-major `[latents, dim]`; empty where the method has no generator. */
  readonly generated: Float32Array;
  /** D's logit on the grid, the last axis fastest. */
  readonly score: Float32Array;
  /** G of `Film.lattice`, `[lattice, dim]`. */
  readonly lattice?: Float32Array;
  /** E of `Film.real`, `[real, latentDim]`. */
  readonly encoded?: Float32Array;
  /** Metrics of this frame's `generated`; NaN where one is not defined. */
  readonly metrics: Readonly<Record<string, number>>;
  /** D's logit at the centre of each mode, for data with modes. */
  readonly modeScore?: readonly number[];
  /** Share of `generated` that lies at each mode: nearest to it, and within `nearMode` of its centre. */
  readonly modeShare?: readonly number[];
}

export interface Film {
  readonly kind: FilmKind;
  /** Dimensions of x and of z. */
  readonly dim: number;
  readonly latentDim: number;
  readonly axes: readonly Axis[];
  /** Fixed real points, `[count, dim]`. */
  readonly real: Float32Array;
  /** The fixed latents behind every frame's `generated`, `[count, latentDim]`. */
  readonly latents: Float32Array;
  /** A fixed lattice in the latent space, `[count, latentDim]`; empty where there is no generator. */
  readonly lattice: Float32Array;
  /** By step, first to last; the steps differ. */
  readonly frames: readonly Frame[];
}

const version = 1;
const numbers = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, { error: 'expected base64' });
const values = z.array(z.number().nullable());

const schema = z.object({
  version: z.literal(version),
  kind: z.enum(filmKinds),
  dim: z.int().positive(),
  latentDim: z.int().positive(),
  steps: z.array(z.int().nonnegative()),
  grid: z.array(z.object({ name: z.string(), low: z.number(), high: z.number(), count: z.int().positive() })),
  real: numbers,
  latents: numbers,
  latticeZ: numbers,
  frames: z.array(
    z.object({
      step: z.int().nonnegative(),
      generated: numbers,
      score: numbers,
      lattice: numbers.optional(),
      encoded: numbers.optional(),
      metrics: z.record(z.string(), z.number().nullable()),
      modeScore: values.optional(),
      modeShare: values.optional(),
    }),
  ),
});

/** The text of film.json. Infinite metrics become null as NaN does: JSON has neither. */
export function encodeFilm({ axes, real, latents, lattice, frames, ...rest }: Film): string {
  const document: z.input<typeof schema> = {
    version,
    ...rest,
    steps: frames.map(({ step }) => step),
    grid: axes.map((axis) => ({ ...axis })),
    real: base64(real),
    latents: base64(latents),
    latticeZ: base64(lattice),
    frames: frames.map(({ step, generated, score, lattice, encoded, metrics, modeScore, modeShare }) => ({
      step,
      generated: base64(generated),
      score: base64(score),
      ...(lattice && { lattice: base64(lattice) }),
      ...(encoded && { encoded: base64(encoded) }),
      metrics: { ...metrics },
      ...(modeScore && { modeScore: [...modeScore] }),
      ...(modeShare && { modeShare: [...modeShare] }),
    })),
  };
  return `${JSON.stringify(document)}\n`;
}

/** Decodes a film.json. Throws an error of one line that starts with `source` where it is invalid or cut short. */
export function decodeFilm(text: string, source: string): Film {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    throw new Error(faultOf(source, error));
  }
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw new Error(`${source}: ${issueLine(parsed.error)}`);
  const { grid, latticeZ, version: _, steps: __, frames, ...rest } = parsed.data;
  const film: Film = {
    ...rest,
    axes: grid,
    real: floats(rest.real, `${source}: real`),
    latents: floats(rest.latents, `${source}: latents`),
    lattice: floats(latticeZ, `${source}: latticeZ`),
    frames: frames.map(({ generated, score, lattice, encoded, metrics, modeScore, modeShare, step }, index) => {
      const at = `${source}: frames.${index}`;
      return {
        step,
        generated: floats(generated, `${at}.generated`),
        score: floats(score, `${at}.score`),
        ...(lattice !== undefined && { lattice: floats(lattice, `${at}.lattice`) }),
        ...(encoded !== undefined && { encoded: floats(encoded, `${at}.encoded`) }),
        metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN])),
        ...(modeScore && { modeScore: modeScore.map(orNaN) }),
        ...(modeShare && { modeShare: modeShare.map(orNaN) }),
      };
    }),
  };
  checkSizes(film, source);
  return film;
}

const orNaN = (value: number | null): number => value ?? Number.NaN;

/** Places on the whole grid. */
export const gridSize = (axes: readonly Axis[]): number => axes.reduce((size, { count }) => size * count, 1);

/** The place number `index` of an axis. */
export const placeOn = ({ low, high, count }: Axis, index: number): number =>
  count === 1 ? low : low + ((high - low) * index) / (count - 1);

/** Numbers in an example, in a latent (absent: any), and axes of the grid; `z` has an axis a latent's number. */
const sidesOf = (kind: FilmKind, latentDim: number): { dim?: number; latentDim?: number; axes: number } =>
  ({
    '1d': { dim: 1, axes: 1 },
    '2d': { dim: 2, axes: 2 },
    '1d-xz': { dim: 1, latentDim: 1, axes: 2 },
    z: { axes: latentDim },
  })[kind];

/** Checks what figures of a film rely on. */
function checkSizes(film: Film, source: string): void {
  const { kind, axes, dim, latentDim, real, latents, lattice, frames } = film;
  const expect = (what: string, got: number, expected: number, unit = ' numbers') => {
    if (got !== expected) throw new Error(`${source}: ${what}: expected ${expected}${unit}, got ${got}`);
  };
  const rows = (what: string, { length }: Float32Array, width: number) =>
    expect(`${what}, the last row`, length % width || width, width);
  rows('real', real, dim);
  rows('latents', latents, latentDim);
  rows('latticeZ', lattice, latentDim);
  frames.forEach((frame, index) => {
    expect(`frames.${index}.score`, frame.score.length, gridSize(axes));
    if (frame.generated.length > 0)
      expect(`frames.${index}.generated`, frame.generated.length, (latents.length / latentDim) * dim);
    if (frame.lattice) expect(`frames.${index}.lattice`, frame.lattice.length, (lattice.length / latentDim) * dim);
    if (frame.encoded) expect(`frames.${index}.encoded`, frame.encoded.length, (real.length / dim) * latentDim);
    const before = frames[index - 1]?.step ?? -1;
    if (frame.step <= before)
      throw new Error(`${source}: frames.${index}.step: expected more than ${before}, got ${frame.step}`);
  });
  const sides = sidesOf(kind, latentDim);
  expect(`grid of a film ${kind}`, axes.length, sides.axes, ' axes');
  expect(`dim of a film ${kind}`, dim, sides.dim ?? dim, '');
  expect(`latentDim of a film ${kind}`, latentDim, sides.latentDim ?? latentDim, '');
  const empty = axes.find(({ low, high }) => low >= high);
  if (empty)
    throw new Error(
      `${source}: grid: expected low below high on ${inLine(empty.name)}, got ${empty.low} and ${empty.high}`,
    );
}

/** Little-endian, whatever the machine, so that a film means the same everywhere. */
function base64(array: Float32Array): string {
  const bytes = Buffer.alloc(array.length * 4);
  array.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes.toString('base64');
}

function floats(text: string, where: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0) throw new Error(`${where}: expected whole float32 numbers, got ${bytes.length} bytes`);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
