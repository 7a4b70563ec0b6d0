/** Types of preparing a set of pictures: from options to a plan, and from a plan to pictures. */

import type { Labels } from '../dataset.ts';

/** What was typed after an option, `true` for one that takes no value; `undefined` where it was not given. */
export type Typed = string | boolean | undefined;

/** What was typed about a set, by option, not yet checked; paths are absolute. */
export type TypedOptions = Readonly<Record<string, Typed>>;

/** Everything that decides what a set holds, defaults included, a switch only where it is on; the manifest states it. */
export type RecipeOptions = Readonly<Record<string, string | number | true>>;

/** Height, width, channels. */
export type Shape = readonly [number, number, number];

/** `choices` are known before anything is read; `make` does the work. */
export interface Plan {
  readonly choices: RecipeOptions;
  /** Names of sets that are prepared before it, since it is made of them. */
  readonly madeOf?: readonly string[];
  /** Writes every picture, train first. Throws a UsageError where the sources are missing or broken. */
  make(work: RecipeContext): Promise<SetDescription>;
}

/** Where a recipe works and whom it tells. */
export interface RecipeContext {
  /** One of the sets that the plan is made of. */
  openSet(name: string): SourceSet;
  /** An empty folder that goes when the work ends. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** A line that should not pass unseen. */
  tell(line: string): void;
  /** How far it is; may be called for every picture. `of` is absent where nobody knows. */
  step(done: number, of: number | undefined, unit: 'pictures' | 'MB'): void;
  /** Once, before the first picture. `labelWidth` 0 for pictures without labels. */
  open(shape: Shape, labelWidth: number): Promise<PictureSink>;
}

/** A prepared set that another is made of: its pictures by index, those to train on first. */
export interface SourceSet {
  readonly train: number;
  readonly heldOut: number;
  /** Of all its pictures and labels. */
  readonly sha256: string;
  /** Copies picture `index`, row-major `[height, width, channels]`, bytes 0 … 255, to the start of `into`. */
  read(index: number, into: Uint8Array): void;
  labelsOf(index: number): Uint8Array;
}

export interface PictureSink {
  /** Appends one picture, row-major `[height, width, channels]`, with its labels; both are copied. */
  add(pixels: Uint8Array, labels?: Uint8Array): Promise<void>;
  /** From here on pictures are held out. Where it is never called, the last tenth is. */
  startHeldOut(): void;
}

/** What is said of the pictures that a plan has written. */
export interface SetDescription {
  /** A few words. */
  readonly title: string;
  readonly simulated: boolean;
  /** Where they come from, and what was done to them. */
  readonly source: string;
  /** Under which its pictures may be used, and whom to name. */
  readonly licence?: string;
  readonly labels?: Labels;
  /** Files that were left out because they could not be read. */
  readonly skipped?: number;
  /** The set whose pictures each channel is one of. */
  readonly eachChannelIs?: string;
}
