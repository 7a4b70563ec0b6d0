/** Groups → statistics over seeds, method against method: the numbers behind the tables. What they look like is elsewhere. */
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
import type { Group } from '../report/report-data.ts';
import { ownSeconds } from '../store/record.ts';
import { judgedMetrics, type MetricInfo, metricInfo } from './metric-info.ts';

/** Said beside every interval. */
export const bootstrap = { seed: 0, resamples: 2_000, confidence: 0.95 } as const satisfies BootstrapOptions;

export interface Statistic {
  readonly mean: number;
  /** NaN for a single seed. */
  readonly standardError: number;
  readonly min: number;
  readonly max: number;
  /** Interquartile mean, with its bootstrap interval: one experiment is one stratum. */
  readonly iqm: number;
  readonly interval: Interval;
  /** Seeds that have a value. */
  readonly seeds: number;
}

export interface GroupRow {
  readonly group: Group;
  readonly seeds: number;
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  /** Mean over the trials that are done; NaN for none. */
  readonly secondsATrial: number;
  /** Over the trials that are done, for the metrics that any of them has a number for. */
  readonly statistics: ReadonlyMap<string, Statistic>;
}

/** The metrics of the tables: all that judge a result, and what the raw weights reach in the leading one. */
export function tableMetrics(groups: readonly Group[]): MetricInfo[] {
  const present = new Set(groups.flatMap(({ done }) => done.flatMap(({ record }) => Object.keys(record.metrics))));
  const judged = judgedMetrics(present);
  const raw = judged.slice(0, 1).map(({ metric }) => `raw.${metric}`);
  return [...judged, ...raw.filter((metric) => present.has(metric)).map(metricInfo)];
}

export function groupRow(group: Group, metrics: readonly MetricInfo[]): GroupRow {
  const withStatus = (status: string) => group.trials.filter(({ record }) => record.status === status).length;
  const statistics = metrics.flatMap(({ metric }) => {
    const values = [...scoresBySeed(group, metric).values()];
    return values.length === 0 ? [] : [[metric, statisticOf(values)] as const];
  });
  return {
    group,
    seeds: group.trials.length,
    done: group.done.length,
    diverged: withStatus('diverged'),
    failed: withStatus('failed'),
    secondsATrial: mean(group.done.map(({ record }) => ownSeconds(record))),
    statistics: new Map(statistics),
  };
}

/** Final values of a metric by seed; trials that are not done, and values that are not defined, are left out. */
export function scoresBySeed({ done }: Group, metric: string): Map<number, number> {
  const scores = done.map(({ seed, record }) => [seed, record.metrics[metric] ?? Number.NaN] as const);
  return new Map(scores.filter(([, score]) => !Number.isNaN(score)));
}

/** Statistics of one group's values, of which there is at least one. */
export function statisticOf(values: readonly number[]): Statistic {
  const isFlat = values.every((value) => value === values[0]); // resampling would only find the same value again
  const [first = Number.NaN] = values;
  return {
    mean: mean(values),
    standardError: standardError(values),
    min: min(values),
    max: Math.max(...values),
    iqm: interquartileMean(values),
    interval: isFlat ? { low: first, high: first } : stratifiedBootstrapInterval([values], undefined, bootstrap),
    seeds: values.length,
  };
}

export interface Improvement {
  /** P(a run of `ours` is better than a run of `theirs`), ties half; NaN where either has no run. */
  readonly probability: number;
  readonly interval: Interval;
}

/** Better as the metric means it. */
export function improvement(ours: Group, theirs: Group, { metric, better }: MetricInfo): Improvement {
  const scores = [ours, theirs].map((group) => [...scoresBySeed(group, metric).values()]);
  const [a = [], b = []] = better === 'more' ? scores : scores.reverse();
  if (a.length === 0 || b.length === 0) {
    return { probability: Number.NaN, interval: { low: Number.NaN, high: Number.NaN } };
  }
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
export function difference(ours: Group, theirs: Group, { metric }: MetricInfo): PairedDifference {
  return pairedDifference(scoresBySeed(ours, metric), scoresBySeed(theirs, metric), bootstrap);
}
