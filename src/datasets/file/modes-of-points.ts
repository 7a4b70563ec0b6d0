/** The modes of given points: Gaussians of the points with one label, or given centres with the share of points nearest to each. */
import { UsageError } from '../../base/usage-error.ts';
import type { Labelled, Modes } from '../dataset.ts';
import { type Gaussian, gaussianModes } from '../gaussian-modes.ts';
import type { PointsTable } from './points-table.ts';

/** Labels in the order of their numbers, then of their letters. */
const order = new Intl.Collator('en', { numeric: true });

export interface LabelledModes {
  readonly modes: Modes;
  /** Of each mode, in order. */
  readonly names: readonly string[];
  /** Of each point: the index of its mode. */
  readonly modeOf: Int32Array;
}

/**
 * A mode for each label: mean, unbiased covariance and share of its points.
 *
 * @throws UsageError where a label has too few points for a covariance, or such as lie in a plane.
 */
export function modesByLabel({ values, count, dim }: PointsTable, labels: readonly string[]): LabelledModes {
  const names = [...new Set(labels)].sort((a, b) => order.compare(a, b) || (a < b ? -1 : 1));
  const places = new Map(names.map((name, mode) => [name, mode]));
  const modeOf = Int32Array.from(labels, (label) => places.get(label) ?? -1);
  const rows: number[][] = names.map(() => []);
  for (let point = 0; point < count; point++) rows[modeOf[point] as number]?.push(point);
  const gaussians = rows.map((members, mode): Gaussian => {
    if (members.length <= dim)
      throw new UsageError(
        `data.modes: expected more than ${dim} points of '${names[mode]}', for its covariance in ${dim} dimensions, got ${members.length}`,
      );
    const centre = Array.from({ length: dim }, (_, axis) => meanOf(members, (at) => values[at * dim + axis] as number));
    const offset = (at: number, axis: number) => (values[at * dim + axis] as number) - (centre[axis] as number);
    const unbiased = members.length / (members.length - 1);
    const upper = centre.map((_, a) =>
      centre.map((_, b) => (b < a ? 0 : unbiased * meanOf(members, (at) => offset(at, a) * offset(at, b)))),
    );
    const covariance = upper.map((row, a) => row.map((value, b) => (b < a ? (upper[b]?.[a] as number) : value)));
    return { centre, weight: members.length, covariance };
  });
  return { modes: gaussianModes(gaussians, dim, (mode) => `data.modes: '${names[mode]}'`), names, modeOf };
}

function meanOf(members: readonly number[], term: (point: number) => number): number {
  return members.reduce((sum, point) => sum + term(point), 0) / members.length;
}

/** Isotropic modes of one σ at given centres. Throws UsageError for a centre of other dimensions, or one without a point. */
export function modesAround(
  { values, count, dim }: PointsTable,
  centres: readonly (readonly number[])[],
  std: number,
): Modes {
  centres.forEach((centre, index) => {
    if (centre.length !== dim)
      throw new UsageError(
        `data.centres.${index}: expected ${dim} coordinates, as the file's points have, got ${centre.length}`,
      );
  });
  const counts = new Int32Array(centres.length);
  for (let point = 0; point < count; point++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    centres.forEach((centre, index) => {
      const squared = centre.reduce((sum, at, axis) => sum + ((values[point * dim + axis] as number) - at) ** 2, 0);
      if (squared < least) [nearest, least] = [index, squared];
    });
    counts[nearest] = (counts[nearest] as number) + 1;
  }
  const empty = counts.indexOf(0);
  if (empty >= 0)
    throw new UsageError(`data.centres.${empty}: expected points that are nearest to it, the file has none`);
  const gaussians = centres.map((centre, index) => ({ centre, weight: counts[index] as number, std }));
  return gaussianModes(gaussians, dim, (index) => `data.centres.${index}`);
}

/** Points with the index of their mode as their label: a byte, so that there are at most 256. */
export function labelledByMode(
  { count, dim }: PointsTable,
  { names, modeOf }: LabelledModes,
  put: (index: number, into: Float32Array, at: number) => void,
): Labelled | undefined {
  if (names.length > 256) return undefined;
  return {
    labels: { kind: 'classes', heads: [names] },
    draw(random, wanted) {
      const drawn = { examples: new Float32Array(wanted * dim), labels: new Uint8Array(wanted) };
      for (let i = 0; i < wanted; i++) {
        const index = random.below(count);
        put(index, drawn.examples, i * dim);
        drawn.labels[i] = modeOf[index] as number;
      }
      return drawn;
    },
  };
}
