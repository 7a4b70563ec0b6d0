/** Compares one experiment in two stores: which groups can be compared, whether that is fair, and by how much they differ. */
import type { ColumnInfo } from '../schema/column-info.ts';
import type { Columns } from '../summary/column-info.ts';
import { flattenSpec } from '../summary/spec-text.ts';
import { type Difference, difference } from '../summary/statistics.ts';
import { tableColumns } from '../summary/summarise.ts';
import type { Group, ReportData } from './report-data.ts';

export interface SpecDifference {
  readonly path: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface Pair {
  readonly ours: Group;
  readonly theirs: Group;
  /** Values of the specs that differ: where there are any, the comparison is not fair. */
  readonly differs: readonly SpecDifference[];
  /** What is not in the spec and differs: code, engine, machine. */
  readonly circumstances: readonly string[];
  readonly differences: readonly { readonly info: ColumnInfo; readonly difference: Difference }[];
  /** Seeds that are done in both. */
  readonly seeds: readonly number[];
}

export interface Against {
  readonly pairs: readonly Pair[];
  readonly onlyOurs: readonly Group[];
  readonly onlyTheirs: readonly Group[];
}

/** Groups of the same spec belong together; what is left is matched to the nearest spec of its method and preset. */
export function compareStores(ours: ReportData, theirs: ReportData): Against {
  const free = new Map(theirs.groups.map((group) => [group.key, group]));
  const matches = new Map<Group, Group>();
  const take = (group: Group, partner: Group | undefined) => {
    if (partner === undefined) return;
    matches.set(group, partner);
    free.delete(partner.key);
  };
  for (const group of ours.groups) take(group, free.get(group.key));
  for (const group of ours.groups) if (!matches.has(group)) take(group, nearest(group, [...free.values()]));
  return {
    pairs: ours.groups.flatMap((group) => {
      const partner = matches.get(group);
      return partner === undefined ? [] : [pairOf(group, partner, ours.columns)];
    }),
    onlyOurs: ours.groups.filter((group) => !matches.has(group)),
    onlyTheirs: [...free.values()],
  };
}

function nearest(group: Group, candidates: readonly Group[]): Group | undefined {
  const [best] = candidates
    .filter(({ method, preset }) => method === group.method && preset === group.preset)
    .map((candidate) => ({ candidate, distance: specDifferences(group, candidate).length }))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

function pairOf(ours: Group, theirs: Group, columns: Columns): Pair {
  return {
    ours,
    theirs,
    differs: specDifferences(ours, theirs),
    circumstances: circumstances(ours, theirs),
    differences: tableColumns([ours, theirs], columns).map((info) => ({
      info,
      difference: difference(ours, theirs, info),
    })),
    seeds: ours.done.map(({ seed }) => seed).filter((seed) => theirs.done.some((trial) => trial.seed === seed)),
  };
}

/** Paths at which two specs, or what was read and ran, differ; seeds left out; `–` where one has no such value. */
export const specDifferences = (ours: Group, theirs: Group): SpecDifference[] =>
  differingValues(ours.described, theirs.described);

/** Of two specs, whatever their seeds. */
export function differingValues(ours: object, theirs: object): SpecDifference[] {
  const [a, b] = [flattenSpec(ours), flattenSpec(theirs)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => path !== 'seed' && a.get(path) !== b.get(path))
    .map((path) => ({ path, ours: a.get(path) ?? '–', theirs: b.get(path) ?? '–' }));
}

function circumstances(ours: Group, theirs: Group): string[] {
  const kinds = [
    ['commit', ({ commit }: Group['trials'][number]['record']) => commit || 'unknown'],
    ['data', ({ origin }: Group['trials'][number]['record']) => origin?.says ?? 'of a formula'],
    ['scorer', ({ scorer }: Group['trials'][number]['record']) => scorer ?? 'none'],
    ['engine', ({ engine, device }: Group['trials'][number]['record']) => `${engine} on ${device}`],
    ['machine', ({ host }: Group['trials'][number]['record']) => host],
  ] as const;
  return kinds.flatMap(([name, of]) => {
    const values = [ours, theirs].map(({ trials }) =>
      [...new Set(trials.map(({ record }) => of(record)))].sort().join(', '),
    );
    return values[0] === values[1] ? [] : [`${name} ${values[0]} here, ${values[1]} there`];
  });
}
