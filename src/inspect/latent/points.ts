/** Arithmetic on examples one by one: parts, rows of tables, distances. */
import { significant } from '../../base/number-words.ts';
import type { Points } from '../../base/points.ts';

/** Example `index` of some points; shares their memory. */
export const exampleOf = ({ values, dim }: Points, index: number): Float32Array =>
  values.subarray(index * dim, (index + 1) * dim);

/** The examples at these places, in this order; a copy. */
export function pick(points: Points, indices: readonly number[]): Points {
  const values = new Float32Array(indices.length * points.dim);
  for (const [at, index] of indices.entries()) values.set(exampleOf(points, index), at * points.dim);
  return { values, count: indices.length, dim: points.dim };
}

export function joinPoints(parts: readonly Points[]): Points {
  const [dim = 0] = parts.map((part) => part.dim);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const values = new Float32Array(count * dim);
  let at = 0;
  for (const part of parts) {
    values.set(part.values.subarray(0, part.count * dim), at);
    at += part.count * dim;
  }
  return { values, count, dim };
}

/** ‖a − b‖². */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}

/** Root of the mean squared difference of two examples. */
export const rootMeanSquare = (a: Float32Array, b: Float32Array): number => Math.sqrt(squaredDistance(a, b) / a.length);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Cells `x0`, `x1` … of one example, of six digits. */
export function coordinates(name: string, points: Points, index: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Array.from(exampleOf(points, index), (value, axis) => [`${name}${axis}`, sixDigits(value)]),
  );
}

/** Enough for any use of a table. */
export const sixDigits = (value: number): number => significant(value, 6);

/** `0.0312`: three digits that count. */
export const inWords = (value: number): string => String(significant(value, 3));
