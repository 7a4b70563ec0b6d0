/** Points as one flat array: the form in which data, samples, latents and features go from room to room. */

/** Row-major points `[count, dim]`. */
export interface Points {
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
}
