/** Records of one plan → one row for each method and each combination of varied values, with statistics over seeds. Pure. */

import { mean, standardError } from '../base/statistics.ts';
import { valueAt } from '../experiment/overrides.ts';
import type { MethodName } from '../schema/spec.ts';
import { ownSeconds, type TrialRecord } from '../store/record.ts';

export interface Statistic {
  readonly mean: number;
  /** NaN for a single seed. */
  readonly standardError: number;
  readonly min: number;
  readonly max: number;
  /** Seeds that have a value. */
  readonly seeds: number;
}

export interface SummaryRow {
  readonly method: MethodName;
  /** Values of the varied paths that this method has. */
  readonly varied: Readonly<Record<string, unknown>>;
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  /** Over the trials that are done. Values that are not defined (NaN) are left out. */
  readonly metrics: Readonly<Record<string, Statistic>>;
  readonly secondsATrial: number;
  /** One of the row's records that are done, where there is one: the spec that it stands for. */
  readonly example: TrialRecord;
}

/** Rows in the order in which their first trial stands in `records`, methods together. `varied` are the plan's paths. */
export function summarise(records: readonly TrialRecord[], varied: readonly string[]): SummaryRow[] {
  const methods = [...new Set(records.map(({ spec }) => spec.method))];
  const groups = new Map<string, TrialRecord[]>();
  for (const method of methods) {
    for (const record of records.filter(({ spec }) => spec.method === method)) {
      const key = JSON.stringify([method, ...varied.map((path) => valueAt(record.spec, path))]);
      const group = groups.get(key) ?? [];
      group.push(record);
      groups.set(key, group);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    return first ? [summaryRow(first, group, varied)] : [];
  });
}

function summaryRow(first: TrialRecord, group: readonly TrialRecord[], varied: readonly string[]): SummaryRow {
  const done = group.filter(({ status }) => status === 'done');
  const names = new Set(done.flatMap(({ metrics }) => Object.keys(metrics)));
  const own = varied.filter((path) => valueAt(first.spec, path) !== undefined);
  return {
    method: first.spec.method,
    varied: Object.fromEntries(own.map((path) => [path, valueAt(first.spec, path)])),
    done: done.length,
    diverged: group.filter(({ status }) => status === 'diverged').length,
    failed: group.filter(({ status }) => status === 'failed').length,
    metrics: Object.fromEntries(
      [...names].flatMap((name) => {
        const values = done.flatMap(({ metrics }) => metrics[name] ?? []).filter((value) => !Number.isNaN(value));
        return values.length > 0 ? [[name, statistic(values)]] : [];
      }),
    ),
    secondsATrial: done.length > 0 ? mean(done.map(ownSeconds)) : Number.NaN,
    example: done[0] ?? first,
  };
}

function statistic(values: readonly number[]): Statistic {
  return {
    mean: mean(values),
    standardError: values.length > 1 ? standardError(values) : Number.NaN,
    min: Math.min(...values),
    max: Math.max(...values),
    seeds: values.length,
  };
}
