/** Lets the reader choose a seed in the page: a select that filters a figure's rows. Files show the first seed. */
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { compared } from './chart.ts';
import { shown } from './learning-curve.ts';

/** More seeds than this in one figure's data would make the page heavy. */
const most = 10;

export interface SeedChoice {
  readonly seeds: readonly number[];
  /** For the top of a spec; none where there is nothing to choose. */
  readonly params: { name: string; value: number; bind: { input: 'select'; options: number[]; name: string } }[];
  /** A transform that keeps the chosen seed's rows (they carry `seed`). */
  readonly filter: { filter: string }[];
  /** What was left out, as a sentence with a space before it; '' for nothing. */
  readonly omitted: string;
  /** The trials of a group to put into the data. */
  readonly of: (group: Group) => readonly ReportTrial[];
}

/** Seeds of those trials that `usable` accepts, over all groups. `limit`: at most so many where each is heavy. */
export function seedChoice(
  groups: readonly Group[],
  usable: (trial: ReportTrial) => boolean,
  limit = most,
): SeedChoice {
  const all = [
    ...new Set(
      groups.flatMap((group) =>
        shown(group)
          .filter(usable)
          .map(({ seed }) => seed),
      ),
    ),
  ];
  const seeds = all.sort((a, b) => a - b).slice(0, limit);
  const [first] = seeds;
  const choose = first !== undefined && seeds.length > 1;
  return {
    seeds,
    params: choose
      ? [{ name: 'chosenSeed', value: first, bind: { input: 'select', options: [...seeds], name: 'seed ' } }]
      : [],
    filter: choose ? [{ filter: 'datum.seed === chosenSeed' }] : [],
    omitted: all.length > seeds.length ? ` The first ${seeds.length} of ${all.length} seeds.` : '',
    of: (group) => shown(group).filter((trial) => seeds.includes(trial.seed) && usable(trial)),
  };
}

export interface Panels {
  /** Those with a usable trial; there is one at least. */
  readonly groups: readonly Group[];
  readonly first: Group;
  readonly choice: SeedChoice;
}

/** The groups that figures compare, of which any trial is usable, and their seeds; `undefined` where there is none. */
export function panelsWith(
  data: ReportData,
  usable: (trial: ReportTrial) => boolean,
  limit?: number,
): Panels | undefined {
  return panelsAmong(compared(data), usable, limit);
}

/** The same of any groups. */
export function panelsAmong(
  all: readonly Group[],
  usable: (trial: ReportTrial) => boolean,
  limit?: number,
): Panels | undefined {
  const groups = all.filter((group) => shown(group).some(usable));
  const [first] = groups;
  return first && { groups, first, choice: seedChoice(groups, usable, limit) };
}
