/** Summarises each group of trials as one row: the same for the terminal, for `--json` and for the report. */

import { mean } from '../base/statistics.ts';
import { originHash } from '../catalogue/origin.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { ownSeconds, type TrialRecord } from '../store/record.ts';
import { lagsBehind } from './average.ts';
import { type Columns, columnInfo, judgedColumns } from './column-info.ts';
import { type Group, type SummaryTrial, settingsAt } from './groups.ts';
import { type KnownKinds, knownKinds } from './known-kinds.ts';
import { bySetting, settingsOf } from './origins.ts';
import { type Statistic, statisticOf } from './statistics.ts';

export interface Row {
  readonly method: string;
  /** Values of the varied paths that this method has. */
  readonly varied: Readonly<Record<string, unknown>>;
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  /** Over the trials that are done. */
  readonly metrics: Readonly<Record<string, Statistic>>;
  /** Mean over the trials that are done; NaN for none. */
  readonly secondsATrial: number;
  /** The same of its floating-point operations; absent where nobody counted them. */
  readonly flopsATrial?: number;
  /** One of the row's records that are done, where there is one: the spec that it stands for. */
  readonly example: TrialRecord;
  /** What is known of its data. */
  readonly truth: Truth;
}

/** The row of one of a report's groups. */
export interface GroupRow<G extends Group = Group> extends Row {
  readonly group: G;
  readonly seeds: number;
}

/**
 * Rows in the order in which their first trial stands in `records`, methods together. `varied` are the plan's paths; what tells
 * rows of one spec apart (`apartPaths`) may be among them.
 */
export function summarise(
  records: readonly TrialRecord[],
  varied: readonly string[],
  { truthOf }: Pick<KnownKinds, 'truthOf'> = knownKinds(),
): Row[] {
  const rows = bySetting(records, (record) => record).map(([, members]) => rowOf(members, varied, truthOf));
  const methods = [...new Set(rows.map(({ method }) => method))];
  return methods.flatMap((method) => rows.filter((row) => row.method === method));
}

export function groupRow<G extends Group>(group: G): GroupRow<G> {
  const records = group.trials.map(({ record }) => record);
  const { truth } = group.trials[0] as SummaryTrial; // groups are made of trials
  return { ...rowOf(records, Object.keys(group.settings), () => truth), group, seeds: records.length };
}

/** @param records of one group: one at least. */
function rowOf(records: readonly TrialRecord[], varied: readonly string[], truthOf: KnownKinds['truthOf']): Row {
  const withStatus = (wanted: string) => records.filter(({ status }) => status === wanted);
  const done = withStatus('done');
  const says = done.find(({ origin }) => originHash(origin) !== undefined);
  const example = (says ?? done[0] ?? records[0]) as TrialRecord; // there is one at least
  const counted = done.flatMap(({ flops }) => flops ?? []);
  const names = new Set(done.flatMap(({ metrics }) => Object.keys(metrics)));
  return {
    method: example.spec.method,
    varied: settingsAt(settingsOf(example), varied),
    done: done.length,
    diverged: withStatus('diverged').length,
    failed: withStatus('failed').length,
    metrics: Object.fromEntries(
      [...names].flatMap((name) => {
        const found = statisticOf(done, name);
        return found ? [[name, found]] : [];
      }),
    ),
    secondsATrial: mean(done.map(ownSeconds)),
    ...(counted.length > 0 && { flopsATrial: mean(counted) }),
    example,
    truth: truthOf(example.spec.data),
  };
}

/**
 * The columns of the report's tables: all that judge a result, and what the raw weights reach in the leading one; where their
 * average lags behind the weights, what these reach in each, first.
 */
export function tableColumns(groups: readonly Group[], declared?: Columns): ColumnInfo[] {
  const present = new Set(groups.flatMap(({ done }) => done.flatMap(({ record }) => Object.keys(record.metrics))));
  const judged = judgedColumns(present, declared);
  const rawOf = (columns: readonly ColumnInfo[]) =>
    columns
      .map(({ name }) => `raw.${name}`)
      .filter((name) => present.has(name))
      .map((name) => columnInfo(name, declared));
  const isLate = groups.some(({ spec }) => lagsBehind(spec));
  return isLate ? [...rawOf(judged), ...judged] : [...judged, ...rawOf(judged.slice(0, 1))];
}
