/** Points as one flat array: the format of data, samples, latents and features everywhere. */

/** Row-major points `[count, dim]`. */
export interface Points {
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
}

/** Whether every number is finite. */
export const areFinite = ({ values }: Points): boolean => values.every(Number.isFinite);

export const noPoints = (dim: number): Points => ({ values: new Float32Array(0), count: 0, dim });

/** Point `index`, `[dim]`; shares memory. */
export const pointAt = ({ values, dim }: Points, index: number): Float32Array =>
  values.subarray(index * dim, (index + 1) * dim);

/** `count` points from `first` on; they share memory with the whole. */
export const slicePoints = ({ values, dim }: Points, first: number, count: number): Points => ({
  values: values.subarray(first * dim, (first + count) * dim),
  count,
  dim,
});

/** The first points, `most` of them at most; they share memory with the whole. */
export const firstPoints = (points: Points, most: number): Points =>
  slicePoints(points, 0, Math.min(points.count, most));

/** The points at these indices, in this order; a copy. */
export function pickPoints(points: Points, indices: ArrayLike<number>): Points {
  const values = new Float32Array(indices.length * points.dim);
  for (let at = 0; at < indices.length; at++) values.set(pointAt(points, indices[at] as number), at * points.dim);
  return { values, count: indices.length, dim: points.dim };
}

/** Points of one dimension one after another; a copy. */
export const joinPoints = (parts: readonly Points[]): Points => ({
  values: joinArrays(parts.map(({ values, count, dim }) => values.subarray(0, count * dim))),
  count: parts.reduce((sum, { count }) => sum + count, 0),
  dim: parts[0]?.dim ?? 0,
});

/** Arrays one after another; a copy. */
export function joinArrays(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** 0 … total − 1 in parts of `size`, the last one perhaps smaller. */
export function* chunks(total: number, size: number): Generator<{ readonly first: number; readonly count: number }> {
  for (let first = 0; first < total; first += size) yield { first, count: Math.min(size, total - first) };
}

/** ‖a − b‖². */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}
