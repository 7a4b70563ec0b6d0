/**
 * Makes a board of a report's data: the methods of one experiment in one setting, what each kept and how good it is, and its
 * rank among them. Pure; holds no trials, so that many experiments fit in memory.
 */

import { isTuned } from '../../catalogue/preset-names.ts';
import { publishedOn } from '../../datasets/published/published.ts';
import type { FamilyName } from '../../methods/method.ts';
import { methods } from '../../methods/methods.ts';
import type { ColumnInfo, ColumnRole } from '../../schema/column-info.ts';
import { columnsOfRole } from '../../summary/column-info.ts';
import { nameWithOwnSettings } from '../../summary/groups.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { Statistic } from '../../summary/statistics.ts';
import { groupRow } from '../../summary/summarise.ts';
import type { Group, ReportData } from '../report-data.ts';
import { type Rank, ranksOf } from './ranks.ts';

/** What a board shows of a method, in this order; ranks compare it in this order too. */
export const judgedRoles = ['coverage', 'strict-coverage', 'quality'] as const satisfies readonly ColumnRole[];
export type JudgedRole = (typeof judgedRoles)[number];

/** A column of a board. Counts out of something that is known are shares of it. */
export interface Judged {
  readonly info: ColumnInfo;
  /** What a count is of; absent where it is no count, or nobody can say. */
  readonly outOf?: number;
}

export interface Standing {
  readonly method: string;
  readonly family: FamilyName;
  /** Tells the method from its other settings on the board. */
  readonly label: string;
  readonly colour: string;
  readonly description: string | undefined;
  /** By role; in the board's units. */
  readonly values: Readonly<Partial<Record<JudgedRole, Statistic>>>;
  /** Absent where the methods have no seed in common. */
  readonly rank?: Rank;
  readonly seeds: readonly number[];
  readonly done: number;
  readonly steps: number;
  readonly batch: number;
  readonly secondsATrial: number;
  /** Floating-point operations; absent where nobody counted them. */
  readonly flopsATrial?: number;
  readonly engines: readonly string[];
  /** Whether the experiment's file declares exactly this. */
  readonly asDeclared: boolean;
}

/** A row of a paper's table. */
export interface PublishedStanding {
  readonly method: string;
  readonly source: string;
  readonly differs: string;
  /** As printed; shares in per cent. */
  readonly texts: Readonly<Partial<Record<JudgedRole, string>>>;
}

export interface Board {
  readonly experiment: string;
  readonly preset: string;
  /** `heavy25`, `heavy25 (quick)`. */
  readonly title: string;
  readonly claim: string | undefined;
  readonly columns: Readonly<Partial<Record<JudgedRole, Judged>>>;
  /** In the catalogue's order. */
  readonly standings: readonly Standing[];
  readonly published: readonly PublishedStanding[];
}

const familyOf = new Map<string, FamilyName>(methods.map(({ name, family }) => [name, family]));

/** A board for each preset that has a finished trial. */
export function boardsOf(data: ReportData): Board[] {
  return [...data.mainOf].flatMap(([preset, groups]) =>
    groups.some(({ done }) => done.length > 0) ? [boardOf(data, preset, groups)] : [],
  );
}

function boardOf(
  { experiment, about, columns: described }: ReportData,
  preset: string,
  groups: readonly Group[],
): Board {
  const trials = groups.flatMap(({ done }) => done);
  const isThere = (name: string) => trials.some(({ record: { metrics } }) => name in metrics);
  const columns = Object.fromEntries(
    judgedRoles.flatMap((role) => {
      const [info] = columnsOfRole(role, isThere, described);
      if (info === undefined) return [];
      const outOf = modeCount(trials, info);
      return [[role, outOf === undefined ? { info } : { info: { ...info, unit: 'share' as const }, outOf }]];
    }),
  ) as Board['columns']; // of the roles
  const ranks = ranksOf(
    groups.map(({ trials: all }) => all.map((trial) => [trial.seed, keyOf(trial, columns)] as const)),
  );
  return {
    experiment,
    preset,
    title: preset === 'default' ? experiment : `${experiment} (${preset})`,
    claim: about?.claim,
    columns,
    standings: groups.map((group, at) => ({
      ...standingOf(group, columns, ranks[at]),
      label: labelOf(group, groups),
    })),
    published: publishedStandings(groups, columns),
  };
}

/** As on its report where its method has other settings on the board. What a search found is of every method of the board. */
function labelOf(group: Group, groups: readonly Group[]): string {
  if (groups.some((other) => other !== group && other.method === group.method)) return group.label;
  return isTuned(group.preset) ? group.method : nameWithOwnSettings(group);
}

const columnsIn = (columns: Board['columns']): [JudgedRole, Judged][] =>
  judgedRoles.flatMap((role): [JudgedRole, Judged][] => {
    const column = columns[role];
    return column === undefined ? [] : [[role, column]];
  });

/** What a trial is ranked by: more is better; a trial without a value, or that is not done, is worse than any. */
function keyOf({ record: { status, metrics } }: Group['trials'][number], columns: Board['columns']): number[] {
  return columnsIn(columns).map(([, { info }]) => {
    const value = status === 'done' ? (metrics[info.name] ?? Number.NaN) : Number.NaN;
    if (Number.isNaN(value)) return Number.NEGATIVE_INFINITY;
    return info.better === 'less' ? -value : value;
  });
}

function standingOf(group: Group, columns: Board['columns'], rank: Rank | undefined): Omit<Standing, 'label'> {
  const { method, colour, description, spec, asDeclared, trials, done } = group;
  const values = columnsIn(columns).flatMap(([role, { info, outOf = 1 }]) => {
    const scores = done.flatMap(({ record: { metrics } }) => metrics[info.name] ?? []);
    return scores.length === 0
      ? []
      : [
          [
            role,
            new Statistic(
              scores.map((score) => score / outOf),
              done.length,
            ),
          ],
        ];
  });
  const { secondsATrial, flopsATrial } = groupRow(group);
  return {
    ...{ method, colour, description, asDeclared },
    family: familyOf.get(method) ?? 'own',
    values: Object.fromEntries(values) as Standing['values'], // of the roles
    ...(rank && { rank }),
    seeds: trials.map(({ seed }) => seed),
    done: done.length,
    steps: spec.training.steps,
    batch: spec.training.batch,
    secondsATrial,
    ...(flopsATrial !== undefined && { flopsATrial }),
    engines: [...new Set(trials.map(({ record }) => record.engine))],
  };
}

/** Published rows that have a value in one of the board's columns. */
function publishedStandings([first]: readonly Group[], columns: Board['columns']): PublishedStanding[] {
  const found = first && publishedOn(first.spec.data);
  if (found === undefined) return [];
  const standings = found.tables.flatMap(({ source, differs, rows }) =>
    rows.map(([method, ...cells]) => ({
      method,
      source,
      differs,
      texts: Object.fromEntries(
        columnsIn(columns).flatMap(([role, { info }]) => {
          const text = cells[found.metrics.indexOf(info.name)] ?? '';
          return text === '' ? [] : [[role, text]];
        }),
      ),
    })),
  );
  return standings.filter(({ texts }) => Object.keys(texts).length > 0);
}

/** The first number of a published cell, in the board's units: a share, where it is one here. NaN for none. */
export function publishedValue(text: string | undefined, { info: { unit }, outOf = 100 }: Judged): number {
  const value = Number.parseFloat(text ?? '');
  return unit === 'share' ? value / outOf : value;
}
