/** What a kind of data is: points drawn from a formula or read from a file, or a prepared set of pictures. */
import type { z } from 'zod';
import { stream } from '../base/random.ts';
import { type Card, type KindCard, makeKind, type Section, type Settings } from '../schema/kind.ts';
import type { Dataset, Side } from './dataset.ts';

/** What is known of data without looking at any: its dimensions, its modes, its curve, or the box that it lies in. */
export type Truth = Pick<Dataset, 'dim' | 'scale' | 'modes' | 'curve' | 'box'>;

/** A prepared set of pictures that data are read from. */
export interface PreparedSet {
  readonly set: string;
  /** Side of the square pictures, pixels. */
  readonly size: number;
  /** Share of draws without any attribute; null: as the set has them. */
  readonly empty?: number | null;
}

export interface DataCard extends Card {
  /** `points` go to networks of vectors, `pictures` to convolutional ones. */
  readonly form: 'points' | 'pictures';
  /** What metrics may ask of it: modes, a curve, pictures. */
  has(data: Section): readonly ('modes' | 'curve' | 'pictures')[];
  /** Whether it reads files of the user's own, wherever they lie: a worker elsewhere may lack them. */
  readonly readsFiles: boolean;
  /** The settings as planning completes them: places of files, relative to `folder`, become absolute and get a hash. */
  fillIn(data: Section, folder: string): Section;
  /** Numbers that memory grows with, each with its bound; checked before anything is laid out. */
  sizes(data: Section): readonly Size[];
  /** Throws UsageError where values that are each valid do not go together. Reads no file. */
  check(data: Section): void;
  truth(data: Section): Truth;
  /** The set that has to be prepared first; `undefined` for data that are made from their settings. */
  prepared(data: Section): PreparedSet | undefined;
  /** @param dataRoot where prepared sets of pictures lie. Throws UsageError where a set is not there or not sound. */
  open(data: Section, dataRoot: string): Dataset;
}

/** A setting, or something that follows from settings, that no machine could hold above its bound. */
export interface Size {
  readonly path: string;
  readonly size: number;
  readonly most: number;
  /** What is counted, where that is not the setting itself. */
  readonly unit?: string;
}

/** What is known of points without looking at any. */
type Known = 'modes' | 'curve';

interface PointsHead<Kind extends string, Shape extends z.ZodRawShape> {
  readonly kind: Kind;
  readonly description: string;
  readonly source?: string;
  readonly settings: Shape;
  /** `modes` where the data are a mixture, `curve` where they lie along one; a function where settings decide it. */
  readonly has: readonly Known[] | ((settings: Settings<Shape>) => readonly Known[]);
  /**
   * What planning adds to the settings, once for a trial: a file's place, relative to `folder` (that of the experiment's
   * file), made absolute, and the hash of its bytes, since what decides numbers belongs into the trial's identity. A setting
   * that is such a place is declared with `location`, so that it stays out of the identity itself.
   */
  fillIn?(settings: Settings<Shape>, folder: string): Settings<Shape>;
  /** How many modes there would be, where settings name a number and not the modes one by one. */
  modes?(settings: Settings<Shape>): number;
  /** Throws UsageError where values that are each valid do not go together. */
  check?(settings: Settings<Shape>): void;
  /** The data set. Throws UsageError as `check` does. */
  make(settings: Settings<Shape>): Dataset;
}

/** Points that show where data lie that say nothing of it. */
const looks = 2_500;

/** The data set with a box about it where nothing else says where it lies: that of some of its points. */
function located(dataset: Dataset): Dataset {
  const { modes, curve, box, dim } = dataset;
  if (modes || curve || box) return dataset;
  const points = dataset.sample(stream(0, 'evaluation'), looks);
  return { ...dataset, box: boxOf(points, dim) };
}

/** Least and greatest coordinate of points, row-major `[count, dim]`, in every dimension. */
export function boxOf(points: Float32Array, dim: number): Side[] {
  return Array.from({ length: dim }, (_, axis) => {
    const side = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
    for (let at = axis; at < points.length; at += dim) {
      side.low = Math.min(side.low, points[at] as number);
      side.high = Math.max(side.high, points[at] as number);
    }
    return side;
  });
}

/** Modes are laid out to see whether they can be. */
const mostModes = 100_000;

/**
 * A kind of data that are points: of a mixture, of a curve, of a file, of anything that can be sampled.
 *
 * ```ts
 * const square = defineData({
 *   kind: 'square',
 *   description: 'points uniform on a square about the origin',
 *   settings: { side: z.number().positive() },
 *   has: [],
 *   make: ({ side }) => ({
 *     shape: [2],
 *     dim: 2,
 *     scale: 1,
 *     sample(random, count, into = new Float32Array(2 * count)) {
 *       for (let i = 0; i < 2 * count; i++) into[i] = side * (random.uniform() - 0.5);
 *       return into;
 *     },
 *   }),
 * });
 * ```
 */
export function pointsKind<const Kind extends string, Shape extends z.ZodRawShape>(
  card: PointsHead<Kind, Shape>,
): KindCard<Kind, Shape, DataCard> {
  const { kind, description, source, settings: shape, has, modes, check, make, fillIn } = card;
  const typed = (data: Section) => data as unknown as Settings<Shape>; // checked by the schema made of the same shape
  const rest: Omit<DataCard, keyof Card> = {
    form: 'points',
    has: (data) => (typeof has === 'function' ? has(typed(data)) : has),
    readsFiles: fillIn !== undefined,
    fillIn(data, folder) {
      if (fillIn === undefined) return data;
      const filled: object = fillIn(typed(data), folder);
      return { ...filled, kind: data.kind };
    },
    sizes: (data) =>
      modes === undefined ? [] : [{ path: 'data', size: modes(typed(data)), most: mostModes, unit: 'modes' }],
    check(data) {
      check?.(typed(data));
      make(typed(data)); // refuses what would else be refused by every trial
    },
    truth: (data) => located(make(typed(data))),
    prepared: () => undefined,
    open: (data) => located(make(typed(data))),
  };
  return makeKind({ kind, description, shape, ...(source !== undefined && { source }) }, rest);
}
