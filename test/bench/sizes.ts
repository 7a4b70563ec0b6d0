/** The sizes that the step is measured at, and how many steps are compared. */

export interface Size {
  /** Widths of the hidden layers of G, E and D. */
  readonly hidden: readonly number[];
  readonly batch: number;
}

/** Batches that contenders take in turn; also the steps in one run of the compiled program. */
export const batchCount = 8;

/** First steps whose losses are compared. */
export const comparedSteps = 3;

export const sizeOf = (width: number): Size => ({ hidden: [width, width, width], batch: width >= 512 ? 256 : 128 });

export const nameOf = ({ hidden, batch }: Size): string => `${hidden.length} × ${hidden[0]}, batch ${batch}`;
