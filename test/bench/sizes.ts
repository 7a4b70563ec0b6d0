/** The sizes that the step is measured at. */

export interface Size {
  /** Widths of the hidden layers of G, E and D. */
  readonly hidden: readonly number[];
  readonly batch: number;
}

/** Batches that contenders take in turn; as many steps are compared. Also the steps in one run of the compiled program. */
export const batchCount = 8;

export const sizeOf = (width: number): Size => ({ hidden: [width, width, width], batch: width >= 512 ? 256 : 128 });
