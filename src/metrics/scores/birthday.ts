/** How many different examples does a generator have? From how often two of its samples are the same: the birthday paradox. */
import type { Points } from '../../base/points.ts';
import { distancesWithin, squaredLengths } from '../numerics/pair-blocks.ts';

/** The share of pairs of real examples that count as the same, by definition: support is measured up to one over this. */
const sameShare = 1e-4;

/**
 * The squared distance in feature space up to which two examples count as the same: that of the closest 1 in 10,000 pairs
 * of real ones (of the closest pair, where there are fewer). Arora & Zhang 2017 let a person look at the closest pairs;
 * this needs none and is the same for every method, at a price:
 *
 * - real data counts as having 10,000 different examples, however many it has: the figure says how much less a generator
 *   has in the same features, not how many faces there are;
 * - it is one distance for all of space, so it is set where real examples are densest;
 * - real data that repeats itself exactly in more than 1 of 10,000 pairs puts it at 0, and only exact copies are the same.
 *
 * NaN for fewer than two examples and where one is not finite.
 */
export function sameWithin(real: Points): number {
  const pairs = pairsOf(real);
  if (pairs === 0 || !isFinitePoints(real)) return Number.NaN;
  const closest = new Smallest(Math.max(1, Math.round(sameShare * pairs)));
  eachPair(real, (values, from, to) => {
    for (let at = from; at < to; at++) closest.offer(values[at] as number);
  });
  return closest.largest();
}

/**
 * The effective number of different examples, 1/Σp² for examples of shares p: one over the chance that two samples are the
 * same. Estimated over all pairs of `points` as (pairs + 1)/(same + 1), which hardly errs on either side where `same` is
 * near 0 (as Chapman's estimator in capture and recapture); without one pair that is the same it is pairs + 1, the most
 * that so many samples can show. Being the same is no transitive relation: a generator that is spread evenly counts as
 * having as many examples as it has places further apart than the threshold, roughly.
 *
 * NaN for fewer than two points, where one is not finite and for a threshold of NaN.
 */
export function birthdaySupport(points: Points, squaredThreshold: number): number {
  const pairs = pairsOf(points);
  if (pairs === 0 || Number.isNaN(squaredThreshold) || !isFinitePoints(points)) return Number.NaN;
  let same = 0;
  eachPair(points, (values, from, to) => {
    for (let at = from; at < to; at++) if ((values[at] as number) <= squaredThreshold) same++;
  });
  return (pairs + 1) / (same + 1);
}

const pairsOf = ({ count }: Points): number => (count * (count - 1)) / 2;

const isFinitePoints = (points: Points): boolean => squaredLengths(points).every(Number.isFinite);

/** Visits the squared distances of all pairs, each pair once: those from `from` up to `to` in `values`. */
function eachPair(points: Points, visit: (values: Float64Array, from: number, to: number) => void): void {
  distancesWithin(points, ({ values, row, rows, column, columns }) => {
    for (let i = 0; i < rows; i++) visit(values, i * columns + (row === column ? i + 1 : 0), (i + 1) * columns);
  });
}

/** The `rank` smallest of many numbers; there is room for as many again, so that few of them are ever sorted. */
class Smallest {
  readonly #rank: number;
  readonly #kept: Float64Array;
  #count = 0;
  #bound = Number.POSITIVE_INFINITY;

  constructor(rank: number) {
    this.#rank = rank;
    this.#kept = new Float64Array(2 * rank);
  }

  offer(value: number): void {
    if (value >= this.#bound) return;
    this.#kept[this.#count++] = value;
    if (this.#count === this.#kept.length) this.#cut();
  }

  /** The largest of them: the `rank`-th smallest of all, or of fewer the last. */
  largest(): number {
    this.#cut();
    return this.#kept[this.#count - 1] ?? Number.NaN;
  }

  #cut(): void {
    this.#kept.subarray(0, this.#count).sort();
    if (this.#count < this.#rank) return;
    this.#count = this.#rank;
    this.#bound = this.#kept[this.#rank - 1] as number;
  }
}
