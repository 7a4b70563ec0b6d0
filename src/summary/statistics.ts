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
import type { Group } from './groups.ts';

/** Said beside every interval. */
export const bootstrap = { seed: 0, resamples: 2_000, confidence: 0.95 } as const satisfies BootstrapOptions;

/** Of one group's values, of which there is at least one. Its own properties are what `--json` prints. */
export class Statistic {
  readonly mean: number;
  /** NaN for a single seed. */
  readonly standardError: number;
  readonly min: number;
  readonly max: number;
  /** Seeds that have a value. */
  readonly seeds: number;
  readonly #values: readonly number[];
  #interval: Interval | undefined;

  constructor(values: readonly number[]) {
    this.mean = mean(values);
    this.standardError = standardError(values);
    this.min = min(values);
    this.max = Math.max(...values);
    this.seeds = values.length;
    this.#values = values;
  }

  /** Interquartile mean. */
  get iqm(): number {
    return interquartileMean(this.#values);
  }

  /** The interquartile mean's bootstrap interval (one experiment is one stratum), resampled when it is first asked for. */
  get interval(): Interval {
    this.#interval ??=
      this.min === this.max // resampling would only find the same value again
        ? { low: this.min, high: this.max }
        : stratifiedBootstrapInterval([this.#values], undefined, bootstrap);
    return this.#interval;
  }

  /** The value of the seed that did worst, as the metric means it. */
  worst({ better }: Pick<ColumnInfo, 'better'>): number {
    return better === 'less' ? this.max : this.min;
  }
}

/** Final values of a metric by seed; trials that are not done, and values that are not defined, are left out. */
export function scoresBySeed({ done }: Pick<Group, 'done'>, metric: string): Map<number, number> {
  const scores = done.map(({ seed, record }) => [seed, record.metrics[metric] ?? Number.NaN] as const);
  return new Map(scores.filter(([, score]) => !Number.isNaN(score)));
}

export interface Improvement {
  /** P(a run of `ours` is better than a run of `theirs`), ties half; NaN where either has no run. */
  readonly probability: number;
  readonly interval: Interval;
}

const unknown: Improvement = { probability: Number.NaN, interval: { low: Number.NaN, high: Number.NaN } };

/** Better as the metric means it; unknown where neither way is better. */
export function improvement(ours: Group, theirs: Group, { name, better }: ColumnInfo): Improvement {
  const scores = [ours, theirs].map((group) => [...scoresBySeed(group, name).values()]);
  const [a = [], b = []] = better === 'more' ? scores : scores.reverse();
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

/** Ours − theirs on the seeds that both have; positive is more, whether that is better or not. */
export function difference(ours: Group, theirs: Group, { name }: ColumnInfo): PairedDifference {
  return pairedDifference(scoresBySeed(ours, name), scoresBySeed(theirs, name), bootstrap);
}
