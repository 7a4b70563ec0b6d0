/** Source of the pictures to score: a trial's generator or a folder, read in parts. */
import type { Points } from '../../base/points.ts';

/** Some pictures, all as the data are: of their shape, in [−1, 1]. */
export interface Part {
  readonly pictures: Points;
  /** z that these were made from and E(G(z)), where there is an encoder. */
  readonly codes?: { readonly latents: Points; readonly reencoded: Points };
}

export interface Source {
  readonly kind: 'trial' | 'generator' | 'folder';
  /** The trial's id, the folder's name. */
  readonly name: string;
  /** A short description. */
  readonly description: string;
  /**
   * Up to `most` pictures in parts of at most 100; every call gives the same ones.
   *
   * @throws UsageError of one line where there are too few of them, or they are not what they should be.
   */
  parts(most: number): AsyncIterable<Part>;
  /** G(E(x)) of pictures of the data; those from example `first` on; absent without an encoder and where the data have another shape than the trial's. */
  reconstruct?(real: Points, first: number): Promise<Points>;
  /** Called after the last part: how pictures were resized to the data's size, and notes for the reader. */
  afterwards(): { readonly resize: string; readonly notes: readonly string[] };
}
