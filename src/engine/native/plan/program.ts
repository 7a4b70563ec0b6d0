/**
 * A training step as statements on one arena of float32 numbers: pure data, no machine in it. Emitted as machine code, and
 * interpreted in TypeScript to the very same bytes.
 *
 * Order of sums, which every implementation keeps: a product adds up its inner axis in order, one fused multiply-add each,
 * from 0; a reduction as `Reduce` says.
 */
import type { Shape } from '../../graph/graph.ts';
import type { Body, Operand } from './body.ts';

/** A matrix in the arena: offset of its first number, and steps to the next row and column; 0 repeats. */
export interface Place {
  readonly offset: number;
  /** Steps along the statement's outer axes; absent where it has none, or the place stays along all. */
  readonly outer?: readonly number[];
  readonly row: number;
  readonly column: number;
}

/** What rows and columns of a statement are. */
interface Walked {
  /** Sizes of axes outside of the rows, outermost first: the statement's rows are those of all of them, one after another. */
  readonly outer?: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

/** The body runs on every sum; columns of b follow one another. */
export interface Product extends Walked {
  readonly kind: 'product';
  readonly outer?: never;
  readonly inner: number;
  /** [rows, inner]. */
  readonly a: Place;
  /** [inner, columns]. */
  readonly b: Place;
  readonly body: Body<Place>;
}

/** A factor of a convolution: a place that moves along the axes of the inner index too. */
export interface Factor extends Place {
  readonly inner: readonly number[];
}

/**
 * A product whose rows and inner index walk several axes: windows are read where they lie in a padded picture. Its sums are
 * those of a product, the inner index counted along its axes, the last one fastest.
 */
export interface Convolution extends Walked {
  readonly kind: 'convolution';
  /** Sizes of the inner index's axes; of a size of 0 the sum is 0. */
  readonly inner: readonly number[];
  /** The same for all columns. */
  readonly a: Factor;
  /** The same for all rows; columns follow one another. */
  readonly b: Factor;
  readonly body: Body<Place>;
}

export interface Loop extends Walked {
  readonly kind: 'loop';
  readonly body: Body<Place>;
}

export type Fold = 'sum' | 'max' | 'min';

export const neutral: Readonly<Record<Fold, number>> = {
  sum: 0,
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
};

/**
 * Folds a value of the body over all elements, over the columns (one number a row) or over the rows (one a column).
 *
 * Over rows: in order, from the neutral element. Else element (r, c) joins accumulator c mod 32 in order of r, then c; then
 * accumulators i, i + 8, i + 16, i + 24 become one, (0 + 1) + (2 + 3), and the eight that are left (j and j + 4), (j and j + 2), (j and j + 1).
 */
export interface Reduce extends Walked {
  readonly kind: 'reduce';
  readonly fold: Fold;
  readonly over: 'all' | 'columns' | 'rows';
  readonly body: Body<Place>;
  readonly value: Operand;
  readonly to: Place;
}

export type Statement = Product | Convolution | Loop | Reduce;

/** A tensor that the caller writes or reads. */
export interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
}

/** Memory of one tensor, from the first statement that writes it to the last that reads it. */
export interface Buffer {
  readonly offset: number;
  readonly size: number;
  readonly first: number;
  readonly last: number;
}

export interface Plan {
  /** Numbers in the arena. */
  readonly size: number;
  /** State stays where it is from step to step. */
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  /** What the arena holds before the first step. */
  readonly constants: readonly {
    readonly offset: number;
    readonly size: number;
    readonly numbers: number | Float32Array;
  }[];
  /** Offset of eight words of ones and eight of zeros. */
  readonly masks: number;
  /** Bits of the constants in bodies, eight copies each, from this offset on. */
  readonly pool: { readonly offset: number; readonly bits: readonly number[] };
  readonly statements: readonly Statement[];
  readonly buffers: readonly Buffer[];
}

/** Numbers in a vector register. */
export const lanes = 8;

/** Registers that a body may use in a loop, beside a product's sums (its own among them), and in a reduction. */
export const loopRegisters = 15;
export const productRegisters = 4;
export const reduceRegisters = 10;
