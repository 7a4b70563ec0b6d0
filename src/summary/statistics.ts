/** Computes the statistics of a metric over seeds, and of one method against another: the numbers behind tables, JSON and figures. */
import {
  type BootstrapOptions,
  type Interval,
  interquartileMean,
  mean,
  min,
  type PairedDifference,
  pairedDifference,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
  standardError,
  stratifiedBootstrapInterval,
} from '../base/statistics.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Group } from './groups.ts';

/** Said beside every interval. */
export const bootstrap = { seed: 0, resamples: 2_000, confidence: 0.95 } as const satisfies BootstrapOptions;

/**
 * Of one group's values: those that are defined make its figures, and `of` says of how many seeds they are. Its own properties
 * are what `--json` prints.
 */
export class Statistic {
  /** NaN for none. */
  readonly mean: number;
  /** NaN for a single seed. */
  readonly standardError: number;
  readonly min: number;
  readonly max: number;
  /** Seeds that have a value. */
  readonly seeds: number;
  /** Seeds that are done. */
  readonly of: number;
  readonly #values: readonly number[];
  readonly #isUndefined: boolean;
  #interval: Interval | undefined;

  /**
   * @param scores NaN where a value is not defined.
   * @param of more than there are scores where trials have none: of an older version, say.
   */
  constructor(scores: readonly number[], of = scores.length) {
    const values = scores.filter(Number.isFinite);
    this.mean = mean(values);
    this.standardError = standardError(values);
    this.min = min(values);
    this.max = values.length === 0 ? Number.NaN : Math.max(...values);
    this.seeds = values.length;
    this.of = of;
    this.#values = values;
    this.#isUndefined = values.length < scores.length;
  }

  /** Whether every seed has a value. */
  get isWhole(): boolean {
    return this.seeds === this.of;
  }

  /** Interquartile mean. */
  get iqm(): number {
    return interquartileMean(this.#values);
  }

  /** The interquartile mean's bootstrap interval (one experiment is one stratum), resampled when it is first asked for. */
  get interval(): Interval {
    this.#interval ??=
      this.min === this.max || this.seeds === 0 // resampling would only find the same value again
        ? { low: this.min, high: this.max }
        : stratifiedBootstrapInterval([this.#values], undefined, bootstrap);
    return this.#interval;
  }

  /** The value of the seed that did worst, as the metric means it; NaN where it is not defined on some, for nothing is worse. */
  worst({ better }: Pick<ColumnInfo, 'better'>): number {
    if (this.#isUndefined) return Number.NaN;
    return better === 'less' ? this.max : this.min;
  }
}

/** A metric over the trials that are done; `undefined` where none of them has it. */
export function statisticOf(done: readonly TrialRecord[], metric: string): Statistic | undefined {
  const scores = done.flatMap(({ metrics }) => metrics[metric] ?? []);
  return scores.length === 0 ? undefined : new Statistic(scores, done.length);
}

/** Final values of a metric by seed, NaN where it is not defined; of the trials that are done and have it. */
function scoresBySeed({ done }: Pick<Group, 'done'>, metric: string): Map<number, number> {
  return new Map(
    done.flatMap(({ seed, record: { metrics } }) => (metric in metrics ? [[seed, metrics[metric] as number]] : [])),
  );
}

export interface Improvement {
  /** P(a run of `ours` is better than a run of `theirs`), ties half; NaN where either has no run. */
  readonly probability: number;
  readonly interval: Interval;
}

const unknown: Improvement = { probability: Number.NaN, interval: { low: Number.NaN, high: Number.NaN } };

/** Better as the metric means it; unknown where neither way is better. A run on which it is not defined is worse than any other. */
export function improvement(ours: Group, theirs: Group, { name, better }: ColumnInfo): Improvement {
  const sign = better === 'less' ? -1 : 1;
  const [a, b] = [ours, theirs].map((group) =>
    [...scoresBySeed(group, name).values()].map((score) =>
      Number.isNaN(score) ? Number.NEGATIVE_INFINITY : sign * score,
    ),
  ) as [number[], number[]]; // two in, two out
  if (better === undefined || a.length === 0 || b.length === 0) return unknown;
  return {
    probability: probabilityOfImprovement(a, b),
    interval: probabilityOfImprovementInterval(a, b, bootstrap),
  };
}

/** The same, seen from the other side. */
export function turned({ probability, interval }: Improvement): Improvement {
  return { probability: 1 - probability, interval: { low: 1 - interval.high, high: 1 - interval.low } };
}

export interface Difference extends PairedDifference {
  /** Seeds on which both are done, of which those without a value make no pair; 0 where either never has this metric. */
  readonly of: number;
}

/** Ours − theirs on the seeds that both have a value for; positive is more, whether that is better or not. */
export function difference(ours: Group, theirs: Group, { name }: ColumnInfo): Difference {
  const [a, b] = [scoresBySeed(ours, name), scoresBySeed(theirs, name)];
  const seeds = new Set(theirs.done.map(({ seed }) => seed));
  const common = ours.done.filter(({ seed }) => seeds.has(seed)).length;
  return { ...pairedDifference(a, b, bootstrap), of: a.size > 0 && b.size > 0 ? common : 0 };
}

/** Pairs from which on a bootstrap interval says something: of two it is only their range. */
export const enoughPairs = 5;

/** Whether a difference is told from nothing by its interval. */
export const isClear = ({ low, high, seeds }: PairedDifference): boolean =>
  seeds.length >= enoughPairs && (low > 0 || high < 0);
