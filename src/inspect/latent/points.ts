/** Computes what tables say about points: coordinates, distances, rounding. */
import { significant } from '../../base/number-words.ts';
import { type Points, pointAt, squaredDistance } from '../../base/points.ts';

/** Root of the mean squared difference of two examples. */
export const rootMeanSquare = (a: Float32Array, b: Float32Array): number => Math.sqrt(squaredDistance(a, b) / a.length);

/** Cells `x0`, `x1` … of one example, of six digits. */
export function coordinates(name: string, points: Points, index: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from(pointAt(points, index), (value, axis) => [`${name}${axis}`, sixDigits(value)]));
}

/** Enough for any use of a table. */
export const sixDigits = (value: number): number => significant(value, 6);

/** `0.0312`: three digits that count. */
export const threeDigits = (value: number): string => String(significant(value, 3));
