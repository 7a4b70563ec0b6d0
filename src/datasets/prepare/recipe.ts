/** Types of a picture set's recipe: from options to a plan, and from a plan to pictures. */
import type { Labels } from '../dataset.ts';

/** What was typed about a set, not yet checked; paths are absolute. */
export interface RecipeArguments {
  readonly from?: string;
  readonly download?: boolean;
  readonly video?: string;
  readonly every?: string;
  readonly size?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly empty?: string;
}
export type OptionName = keyof RecipeArguments;

/** All that decides what is made, defaults included; it stands in the manifest. */
export type RecipeOptions = Readonly<Record<string, string | number>>;

/** `choices` are known before anything is read; `make` does the work. */
export interface Plan {
  readonly choices: RecipeOptions;
  /** Names of sets that are prepared before it, since it is made of them. */
  readonly madeOf?: readonly string[];
  /** Writes every picture, train first. Throws a UsageError where the sources are missing or broken. */
  make(work: RecipeContext): Promise<SetDescription>;
}

/** Checks what was typed; touches no file. Throws UsageError. */
export type Recipe = (typed: RecipeArguments) => Plan;

/** Where a recipe works and whom it tells. */
export interface RecipeContext {
  /** Where sets lie, for sets that are made of another. */
  readonly dataRoot: string;
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

/** Height, width, channels. */
export type Shape = readonly [number, number, number];

export interface PictureSink {
  /** Appends one picture, row-major `[height, width, channels]`, with its labels; both are copied. */
  add(pixels: Uint8Array, labels?: Uint8Array): Promise<void>;
  /** From here on pictures are held out. Where it is never called, the last tenth is. */
  startHeldOut(): void;
}

/** What a recipe says of the pictures that it has written. */
export interface SetDescription {
  /** A few words. */
  readonly title: string;
  readonly simulated: boolean;
  /** Where they come from, and what was done to them. */
  readonly source: string;
  readonly labels?: Labels;
  /** Files that were left out because they could not be read. */
  readonly skipped?: number;
  /** The set whose pictures each channel is one of. */
  readonly eachChannelIs?: string;
}
