/**
 * Summarises what real data score against real data: a ceiling or a floor for every score that has one (`…Real` in the records).
 * It belongs to the data and not to a method, so it is a row of its own, and no method is judged by it.
 */

import { groupBy } from '../base/collections.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import type { OriginDigits } from '../catalogue/origin.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { hashOf } from '../schema/identity.ts';
import { realOf } from './column-info.ts';
import { type Group, labelled } from './groups.ts';
import { Statistic } from './statistics.ts';

/** Where a method's name would stand. */
export const realName = 'real data';

export interface RealRow {
  /** `real data`, and what tells it apart where a report has several: `real data size 32`. */
  readonly label: string;
  readonly preset: string;
  /** Its values at those swept paths that tell real data apart. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Over seeds, by the metric that it stands under. */
  readonly metrics: Readonly<Record<string, Statistic>>;
}

/** A row for each preset and each setting of data, scorer and evaluation; none where no score has such a value. */
export function realRows(groups: readonly Group[], metrics: readonly ColumnInfo[]): RealRow[] {
  const kinds = groupBy(groups, (group) => `${group.preset} ${judgingHash(group.described)}`);
  const rows = [...kinds.values()].flatMap((members) => rowOf(members, metrics));
  return rows.map((row) => ({ ...row, label: labelOf(row, rows) }));
}

/** By seed: all trials of a seed see the same data, so that of the first that has a value. */
export function realScores(groups: readonly Group[], metric: string): Map<number, number> {
  const scores = new Map<number, number>();
  for (const { done } of groups) {
    for (const { seed, record } of done) {
      const score = record.metrics[realOf(metric)] ?? Number.NaN;
      if (!Number.isNaN(score) && !scores.has(seed)) scores.set(seed, score);
    }
  }
  return scores;
}

function rowOf(groups: readonly Group[], metrics: readonly ColumnInfo[]): Omit<RealRow, 'label'>[] {
  const statistics = metrics.flatMap(({ name }) => {
    const scores = [...realScores(groups, name).values()];
    const has = groups.flatMap(({ done }) => done.filter(({ record }) => realOf(name) in record.metrics));
    const seeds = new Set(has.map(({ seed }) => seed)).size;
    return scores.length === 0 ? [] : [[name, new Statistic(scores, seeds)] as const];
  });
  const [first] = groups;
  if (first === undefined || statistics.length === 0) return [];
  const settings = Object.entries(first.settings).filter(([path]) =>
    /^(data|scorer|evaluation|measures|origin\.(data|scorer))\b/.test(path),
  );
  return [{ preset: first.preset, settings: Object.fromEntries(settings), metrics: Object.fromEntries(statistics) }];
}

/** What the score of real data depends on, by a spec with its origin (`settingsOf`); own code where the data are its own. */
export function judgingHash({ data, scorer, measures, evaluation, code, origin }: ResolvedSpec): string {
  const { guide: _, ...read } = (origin ?? {}) as OriginDigits; // `settingsOf` wrote it
  const own = builtIn.cards.data.some(({ kind }) => kind === data.kind) ? undefined : code;
  return hashOf({ data, scorer, measures, samples: evaluation.samples, read, own });
}

function labelOf(row: Omit<RealRow, 'label'>, all: readonly Omit<RealRow, 'label'>[]): string {
  const siblings = all.filter(({ preset }) => preset === row.preset);
  return labelled(
    realName,
    row,
    siblings,
    all.some(({ preset }) => preset !== row.preset),
  );
}
