/** Source of the pictures to score: a trial's generator or a folder, read in parts. */
import type { Points } from '../../base/points.ts';

/** Some pictures, all as the data are: of their shape, in [−1, 1]. */
export interface Part {
  readonly pictures: Points;
  /** z that these were made from and E(G(z)), where there is an encoder. */
  readonly codes?: { readonly latents: Points; readonly reencoded: Points };
}

export interface Source {
  readonly kind: 'trial' | 'folder';
  /** The trial's id, the folder's name. */
  readonly name: string;
  /** What it is, a few words. */
  readonly description: string;
  /**
   * So many pictures, fewer where a folder has fewer, at most 100 at once; the same ones whenever they are asked for.
   *
   * @throws UsageError of one line where there are too few of them, or they are not what they should be.
   */
  parts(most: number): AsyncIterable<Part>;
  /** G(E(x)) of pictures of the data; absent without an encoder and where the data have another shape than the trial's. */
  reconstruct?(real: Points): Promise<Points>;
  /** To be asked when the pictures have come: what brought them to the data's size, and lines that the reader should see. */
  afterwards(): { readonly resize: string; readonly notes: readonly string[] };
}
