/** The sizes that the step is measured at, and how many steps are compared. */

/** Perceptrons on points in the plane. */
export interface ToySize {
  readonly kind: 'mlp';
  /** Widths of the hidden layers of G, E and D. */
  readonly hidden: readonly number[];
  readonly batch: number;
}

/** DCGANs on square pictures of three channels. */
export interface PictureSize {
  readonly kind: 'dcgan';
  /** Pixels along a side. */
  readonly side: number;
  /** Channels of the layer next to the picture. */
  readonly width: number;
  readonly batch: number;
}

export type Size = ToySize | PictureSize;

/** Batches that contenders take in turn. */
export const batchCount = 8;

/** First steps whose losses are compared. */
export const comparedSteps = 3;

export const toySize = (width: number): ToySize => ({
  kind: 'mlp',
  hidden: [width, width, width],
  batch: width >= 512 ? 256 : 128,
});

export function nameOf(size: Size): string {
  switch (size.kind) {
    case 'mlp':
      return `${size.hidden.length} × ${size.hidden[0]}, batch ${size.batch}`;
    case 'dcgan':
      return `DCGAN of ${size.side} px, width ${size.width}, batch ${size.batch}`;
    default:
      return size satisfies never;
  }
}
