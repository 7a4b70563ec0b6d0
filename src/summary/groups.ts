/**
 * Groups trials over seeds: those that differ in nothing but the seed belong together, whatever the command line called them.
 * What tells groups apart (a sweep, an experiment's file that changed, other data) is found in their specs and origins. Pure.
 */

import { groupBy } from '../base/collections.ts';
import { compareMethods } from '../catalogue/method-order.ts';
import { type OriginDigits, originHash } from '../catalogue/origin.ts';
import { isTuned } from '../catalogue/preset-names.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Truth } from '../datasets/data-kind.ts';
import { hashOf } from '../schema/identity.ts';
import { valueAt } from '../schema/paths.ts';
import type { TrialRecord } from '../store/record.ts';
import { bySetting, isOriginPath, seedlessHash, settingsOf } from './origins.ts';
import { flattenSpec, pathText, valueText } from './spec-text.ts';

/** What a summary reads of a trial. */
export interface SummaryTrial {
  readonly record: TrialRecord;
  readonly seed: number;
  /** What is known of its data: dimensions, modes, curve. */
  readonly truth: Truth;
  /** Shares of the modes of pictures, where they were counted: rows are modes, columns `real`, `generated`. */
  readonly modes?:
    | { readonly count: number; readonly numbers: Readonly<Record<string, Float64Array | undefined>> }
    | undefined;
}

/** The trials that differ in nothing but their seed: a row of the table, a line or a panel of a figure. */
export interface Group<Trial extends SummaryTrial = SummaryTrial> {
  /** Unique in the summary. */
  readonly key: string;
  readonly method: string;
  readonly preset: string;
  /** Values at those of `Grouped.swept` and `Grouped.apart` that the method has; what tells it from its other groups. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** As short as it can be told apart from all other groups: `bigan-pgp`, `bigan-pgp λ 0.1`, `gan (smoke)`. */
  readonly label: string;
  /** Whether these are trials of the experiment as its file declares it: no preset, nothing set on the command line. */
  readonly asDeclared: boolean;
  /** Spec of the first trial: all but the seed is that of the others. */
  readonly spec: ResolvedSpec;
  /** The same with what was read and run, in digits (`settingsOf`). */
  readonly described: ResolvedSpec;
  /** All trials, ascending seeds, diverged and failed ones too. */
  readonly trials: readonly Trial[];
  /** Those that are done. */
  readonly done: readonly Trial[];
}

export interface Grouped<Trial extends SummaryTrial = SummaryTrial> {
  /** Methods in the catalogue's order, then presets, then settings ascending. */
  readonly groups: readonly Group<Trial>[];
  /**
   * One group for each method, all in one setting (preset, data, nets, training …): those that are compared. The experiment's
   * default where it was run, else the setting with most trials.
   */
  readonly main: readonly Group<Trial>[];
  /** The same within each preset, in the presets' order. */
  readonly mainOf: ReadonlyMap<string, readonly Group<Trial>[]>;
  /** Dotted paths (`penalty.weight`) at which groups of one method and preset differ. */
  readonly swept: readonly string[];
  /** Those of what was read and run (`origin.data`, `code`): nobody swept them, and they are no parameter. */
  readonly apart: readonly string[];
}

/** Sections that all methods of a comparison share; every other one belongs to a method. */
const sharedSections = ['experiment', 'seed', 'data', 'latent', 'nets', 'training', 'evaluation', 'measures', 'scorer'];

/** The experiment as it stands, where that is known. */
export interface Declared {
  /** Hashes of its specs, seed left out. */
  readonly hashes: ReadonlySet<string>;
  /** Its specs by method. */
  readonly specs: ReadonlyMap<string, object>;
}

/** Whether a method's value at a path is the one that the experiment declares. */
export const isDeclaredAt = (
  { specs }: Pick<Declared, 'specs'>,
  { method, spec }: Pick<Group, 'method' | 'spec'>,
  path: string,
): boolean => {
  const declared = specs.get(method);
  return declared !== undefined && JSON.stringify(valueAt(declared, path)) === JSON.stringify(valueAt(spec, path));
};

export function groupTrials<Trial extends SummaryTrial>(
  trials: readonly Trial[],
  declared: Declared = { hashes: new Set(), specs: new Map() },
): Grouped<Trial> {
  const bare = bySetting(trials, ({ record }) => record).map(([key, unsorted]): BareGroup<Trial> => {
    const sorted = [...unsorted].sort((a, b) => a.seed - b.seed);
    const first = sorted[0] as Trial; // groups are made of trials
    const telling = sorted.find(({ record }) => originHash(record.origin) !== undefined) ?? first;
    const { spec } = first.record;
    const described = settingsOf(telling.record);
    return { key, spec, described, method: spec.method, preset: presetOf(sorted), trials: sorted };
  });
  const paths = differingPaths(bare);
  const unnamed = bare
    .map((group) => ({
      ...group,
      settings: settingsAt(group.described, paths),
      asDeclared: isDeclared(group, declared.hashes),
      done: group.trials.filter(({ record }) => record.status === 'done'),
    }))
    .sort(compareGroups);
  const labels = labelsOf(unnamed);
  const groups = unnamed.map((group): Group<Trial> => ({ ...group, label: labels.get(group.key) ?? group.method }));
  return {
    groups,
    main: mainGroups(groups, declared, paths),
    mainOf: new Map(
      [...groupBy(groups, ({ preset }) => preset)].map(([preset, own]) => [preset, mainGroups(own, declared, paths)]),
    ),
    swept: paths.filter((path) => !isOriginPath(path)),
    apart: paths.filter(isOriginPath),
  };
}

/** The values of a spec at those of `paths` that it has. */
export function settingsAt(spec: ResolvedSpec, paths: readonly string[]): Record<string, unknown> {
  const values = paths.map((path) => [path, valueAt(spec, path)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

type BareGroup<Trial extends SummaryTrial> = Omit<Group<Trial>, 'settings' | 'label' | 'asDeclared' | 'done'>;
type UnnamedGroup = Omit<Group, 'label'>;

/** A sweep may pass through the declared value; and an experiment may have changed since its trials were run. */
function isDeclared({ spec, preset, trials }: BareGroup<SummaryTrial>, hashes: ReadonlySet<string>): boolean {
  return (
    hashes.has(seedlessHash(spec)) || (preset === 'default' && trials.some(({ record }) => record.varied.length === 0))
  );
}

/** The same spec may have been run under several names: the experiment itself goes before its presets. */
function presetOf(trials: readonly SummaryTrial[]): string {
  const names = [...new Set(trials.map(({ record }) => record.preset))].sort();
  return names.includes('default') ? 'default' : (names[0] ?? 'default');
}

/** Groups of one method and preset are told apart by their settings. */
const familyOf = ({ method, preset }: Pick<Group, 'method' | 'preset'>): string => `${method} ${preset}`;

/** Dotted paths at which groups of one method and preset differ, sorted. */
function differingPaths(groups: readonly BareGroup<SummaryTrial>[]): string[] {
  const paths = new Set<string>();
  for (const family of groupBy(groups, familyOf).values()) {
    const [first, ...others] = family.map(({ described }) => flattenSpec(described, JSON.stringify));
    for (const other of others) {
      for (const path of new Set([...(first?.keys() ?? []), ...other.keys()])) {
        if (first?.get(path) !== other.get(path)) paths.add(path);
      }
    }
  }
  paths.delete('seed');
  return [...paths].sort();
}

function compareGroups(a: UnnamedGroup, b: UnnamedGroup): number {
  return (
    compareMethods(a.method, b.method) ||
    Number(b.preset === 'default') - Number(a.preset === 'default') ||
    compareTexts(a.preset, b.preset) ||
    compareSettings(a.settings, b.settings) ||
    compareTexts(a.key, b.key)
  );
}

function compareSettings(a: Group['settings'], b: Group['settings']): number {
  for (const path of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [one, other] = [a[path], b[path]];
    if (typeof one === 'number' && typeof other === 'number' && one !== other) return one - other;
    const order = compareTexts(JSON.stringify(one) ?? '', JSON.stringify(other) ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By key: method, what tells it from the method's other groups, and the preset where there are several. */
function labelsOf(groups: readonly UnnamedGroup[]): ReadonlyMap<string, string> {
  const several = new Set(groups.map(({ preset }) => preset)).size > 1;
  const families = groupBy(groups, familyOf);
  return new Map([...families.values()].flatMap((family) => familyLabels(family, several)));
}

/**
 * What nobody set (how often is evaluated follows from the steps) is said only where nothing else tells them apart; what is
 * declared, where several values would, is called so.
 */
function familyLabels(family: readonly UnnamedGroup[], several: boolean): [key: string, label: string][] {
  const set = new Set(family.flatMap(({ trials }) => trials.flatMap(({ record }) => record.varied)));
  const short = family.map((group) => ({
    ...group,
    settings: Object.fromEntries(Object.entries(group.settings).filter(([path]) => set.has(path))),
  }));
  const isEnough = new Set(short.map(({ settings }) => JSON.stringify(settings))).size === family.length;
  const told = isEnough ? short : family;
  const isOne = family.filter(({ asDeclared }) => asDeclared).length === 1;
  return told.map((group) => {
    const isCalledSo = group.asDeclared && isOne && tellingPaths(group, told).length > 1;
    return isCalledSo
      ? [group.key, labelled(`${group.method} (declared)`, group, [group], several)]
      : [group.key, labelled(group.method, group, told, several)];
  });
}

/** Those of `own` at whose values its siblings differ. */
const tellingPaths = (own: Pick<Group, 'settings'>, siblings: readonly Pick<Group, 'settings'>[]): string[] =>
  Object.keys(own.settings).filter(
    (path) => new Set(siblings.map(({ settings }) => JSON.stringify(settings[path]))).size > 1,
  );

/** `name`, the values of `own` at which its siblings differ, and its preset where there are several. */
export function labelled(
  name: string,
  own: Pick<Group, 'settings' | 'preset'>,
  siblings: readonly Pick<Group, 'settings'>[],
  several: boolean,
): string {
  const telling = tellingPaths(own, siblings);
  const values = telling.map((path) => `${pathText(path, telling)} ${valueText(own.settings[path])}`);
  return [name, ...values, ...(several && own.preset !== 'default' ? [`(${own.preset})`] : [])].join(' ');
}

/**
 * The setting to compare methods in: what is shared by all methods (preset, data, nets, training …) must be the same. The
 * experiment as it stands goes first, then what has most methods, then what of the swept values is declared, then most
 * trials. Within it each method shows itself as the experiment has it, else as near to it as a sweep comes.
 */
function mainGroups<Trial extends SummaryTrial>(
  groups: readonly Group<Trial>[],
  declared: Declared,
  swept: readonly string[],
): Group<Trial>[] {
  // Tuned settings differ from method to method: each in its best one is what they have in common.
  const measuredApart = measuredDifferently(groups);
  const settings = groupBy(groups, (group) =>
    isTuned(group.preset) ? group.preset : `${group.preset} ${sharedHash(group, measuredApart)}`,
  );
  const isDefault = ({ spec }: Group) => declared.hashes.has(seedlessHash(spec));
  const asItStands = (members: readonly Group[]) => members.filter(isDefault).length;
  const near = (group: Group) => swept.filter((path) => isDeclaredAt(declared, group, path)).length;
  const nearest = (members: readonly Group[]) => Math.max(...members.map(near));
  const [best = []] = [...settings.values()].sort(
    (a, b) =>
      Number(asItStands(b) > 0) - Number(asItStands(a) > 0) ||
      Number(b[0]?.preset === 'default') - Number(a[0]?.preset === 'default') ||
      methodsOf(b).length - methodsOf(a).length ||
      nearest(b) - nearest(a) ||
      count(b) - count(a),
  );
  return methodsOf(best).map((method) => {
    const own = best.filter((group) => group.method === method);
    const [first] = [...own].sort(
      (a, b) =>
        Number(isDefault(b)) - Number(isDefault(a)) ||
        near(b) - near(a) ||
        ownVaried(a) - ownVaried(b) ||
        b.trials.length - a.trials.length,
    );
    return first as Group<Trial>; // methodsOf gives methods that have a group
  });
}

const methodsOf = (groups: readonly Group[]) => [...new Set(groups.map(({ method }) => method))];
const count = (groups: readonly Group[]) => groups.reduce((sum, { trials }) => sum + trials.length, 0);

/** How many of the method's own settings every one of the group's trials was given on the command line. */
const ownVaried = ({ trials }: Group): number => Math.min(...trials.map(({ record }) => ownPathsSet(record).length));

/** Those of the method's own settings that the command line set, as dotted paths. */
const ownPathsSet = ({ varied }: TrialRecord): string[] =>
  varied.filter((path) => !sharedSections.includes(path.split('.')[0] ?? ''));

/** The method with what the command line set of its own settings: `wgan-gp critic.steps 1`. */
export function nameWithOwnSettings({ method, spec, trials }: Pick<Group, 'method' | 'spec' | 'trials'>): string {
  const paths = [...new Set(trials.flatMap(({ record }) => ownPathsSet(record)))].sort();
  return [method, ...paths.map((path) => `${path} ${valueText(valueAt(spec, path))}`)].join(' ');
}

/** Kinds of measure that some groups have with other settings than others. To have one measure more sets nobody apart. */
function measuredDifferently(groups: readonly Group[]): ReadonlySet<string> {
  const measures = groupBy(
    groups.flatMap(({ spec }) => spec.measures),
    ({ kind }) => kind,
  );
  const differ = [...measures].filter(([, own]) => new Set(own.map((measure) => hashOf(measure))).size > 1);
  return new Set(differ.map(([kind]) => kind));
}

/** Who was guided, by what, is the method's own. */
function sharedHash({ described, spec }: Group, measuredApart: ReadonlySet<string>): string {
  const shared = Object.entries(described).filter(([section]) => sharedSections.includes(section));
  const measures = spec.measures.filter(({ kind }) => measuredApart.has(kind));
  const { data = null, scorer = null } = (described.origin ?? {}) as OriginDigits; // `settingsOf` wrote it
  return hashOf({ ...Object.fromEntries(shared), measures, seed: 0, origin: { data, scorer } });
}
