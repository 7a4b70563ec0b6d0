/**
 * From trials to groups: those that differ in nothing but the seed belong together, whatever the command line called them.
 * What tells groups apart (a sweep, or an experiment's file that changed) is found in their specs. Pure.
 */

import { valueAt } from '../experiment/overrides.ts';
import type { Group, ReportTrial } from '../report/report-data.ts';
import { hashOf } from '../schema/identity.ts';
import { methodNames, type ResolvedSpec } from '../schema/spec.ts';

export interface Grouped {
  readonly groups: readonly Group[];
  readonly main: readonly Group[];
  readonly swept: readonly string[];
}

/** Sections that belong to one method rather than to the setting that all methods of a comparison share. */
const ownSections = ['loss', 'critic', 'penalty', 'reconstruction', 'guidance'];

/** `defaults` are the hashes (seed left out) of the experiment's specs as it stands, where it is known. */
export function groupTrials(trials: readonly ReportTrial[], defaults: ReadonlySet<string> = new Set()): Grouped {
  const byKey = new Map<string, ReportTrial[]>();
  for (const trial of trials) {
    const key = seedlessHash(trial.record.spec);
    byKey.set(key, [...(byKey.get(key) ?? []), trial]);
  }
  const bare = [...byKey].map(([key, unsorted]): BareGroup => {
    const sorted = [...unsorted].sort((a, b) => a.seed - b.seed);
    const spec = (sorted[0] as ReportTrial).record.spec; // groups are made of trials
    return { key, spec, method: spec.method, preset: presetOf(sorted), trials: sorted };
  });
  const swept = differingPaths(bare);
  const groups = bare
    .map((group) => ({ ...group, settings: settingsOf(group.spec, swept) }))
    .sort(compareGroups)
    .map(
      (group, _, all): Group => ({
        ...group,
        label: labelOf(group, all),
        asDeclared: isDeclared(group, defaults),
        done: group.trials.filter(({ record }) => record.status === 'done'),
      }),
    );
  return { groups, main: mainGroups(groups, defaults), swept };
}

/** The identity of a spec without its seed. */
export function seedlessHash(spec: ResolvedSpec): string {
  return hashOf({ ...spec, seed: 0 });
}

type BareGroup = Omit<Group, 'settings' | 'label' | 'asDeclared' | 'done'>;
type UnnamedGroup = Omit<Group, 'label' | 'asDeclared' | 'done'>;

/** A sweep may pass through the declared value; and an experiment may have changed since its trials were run. */
function isDeclared({ key, preset, trials }: UnnamedGroup, defaults: ReadonlySet<string>): boolean {
  return defaults.has(key) || (preset === 'default' && trials.some(({ record }) => record.varied.length === 0));
}

/** The same spec may have been run under several names: the experiment itself goes before its presets. */
function presetOf(trials: readonly ReportTrial[]): string {
  const names = [...new Set(trials.map(({ record }) => record.preset))].sort();
  return names.includes('default') ? 'default' : (names[0] ?? 'default');
}

/** Dotted paths at which groups of one method and preset differ, sorted. */
function differingPaths(groups: readonly BareGroup[]): string[] {
  const paths = new Set<string>();
  const families = new Map<string, Map<string, string>[]>();
  for (const group of groups) {
    const family = `${group.method} ${group.preset}`;
    families.set(family, [...(families.get(family) ?? []), leaves(group.spec)]);
  }
  for (const family of families.values()) {
    const [first, ...others] = family;
    for (const other of others) {
      for (const path of new Set([...(first?.keys() ?? []), ...other.keys()])) {
        if (first?.get(path) !== other.get(path)) paths.add(path);
      }
    }
  }
  return [...paths].sort();
}

/** Every value of a spec but its seed, as JSON under its dotted path; lists are values. */
function leaves(spec: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(spec).flatMap(([key, value]): [string, string][] => {
      if (prefix === '' && key === 'seed') return [];
      const isSection = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isSection ? [...leaves(value, `${prefix}${key}.`)] : [[`${prefix}${key}`, JSON.stringify(value)]];
    }),
  );
}

function settingsOf(spec: ResolvedSpec, swept: readonly string[]): Record<string, unknown> {
  const values = swept.map((path) => [path, valueAt(spec, path)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function compareGroups(a: UnnamedGroup, b: UnnamedGroup): number {
  return (
    methodNames.indexOf(a.method) - methodNames.indexOf(b.method) ||
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

/** Method, what tells it from the method's other groups, and the preset where the report has several. */
function labelOf(group: UnnamedGroup, all: readonly UnnamedGroup[]): string {
  const siblings = all.filter(({ method, preset }) => method === group.method && preset === group.preset);
  const telling = Object.keys(group.settings).filter(
    (path) => new Set(siblings.map(({ settings }) => JSON.stringify(settings[path]))).size > 1,
  );
  const values = telling.map((path) => `${pathText(path, telling)} ${valueText(group.settings[path])}`);
  const several = all.some(({ preset }) => preset !== group.preset);
  return [group.method, ...values, ...(several && group.preset !== 'default' ? [`(${group.preset})`] : [])].join(' ');
}

/** What people call a setting: λ, or the last part of its path where that tells it from `others`. */
export function pathText(path: string, others: readonly string[] = []): string {
  if (path === 'penalty.weight') return 'λ';
  const last = path.split('.').at(-1) ?? path;
  return others.some((other) => other !== path && other.split('.').at(-1) === last) ? path : last;
}

/** A value of a spec in few words. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

/**
 * The setting to compare methods in: what is shared by all methods (preset, data, nets, training …) must be the same. The
 * experiment as it stands goes first, then what has most methods, then most trials. Within it each method shows itself as
 * the experiment has it, else with its most trials.
 */
function mainGroups(groups: readonly Group[], defaults: ReadonlySet<string>): Group[] {
  const settings = new Map<string, Group[]>();
  for (const group of groups) {
    const key = `${group.preset} ${sharedHash(group.spec)}`;
    settings.set(key, [...(settings.get(key) ?? []), group]);
  }
  const asItStands = (members: readonly Group[]) => members.filter(({ key }) => defaults.has(key)).length;
  const [best = []] = [...settings.values()].sort(
    (a, b) =>
      Number(asItStands(b) > 0) - Number(asItStands(a) > 0) ||
      Number(b[0]?.preset === 'default') - Number(a[0]?.preset === 'default') ||
      methodsOf(b).length - methodsOf(a).length ||
      count(b) - count(a),
  );
  return methodsOf(best).map((method) => {
    const own = best.filter((group) => group.method === method);
    const [first] = [...own].sort(
      (a, b) =>
        Number(defaults.has(b.key)) - Number(defaults.has(a.key)) ||
        ownVaried(a) - ownVaried(b) ||
        b.trials.length - a.trials.length,
    );
    return first as Group; // methodsOf gives methods that have a group
  });
}

const methodsOf = (groups: readonly Group[]) => [...new Set(groups.map(({ method }) => method))];
const count = (groups: readonly Group[]) => groups.reduce((sum, { trials }) => sum + trials.length, 0);

/** How many of the method's own settings every one of the group's trials was given on the command line. */
function ownVaried({ trials }: Group): number {
  const counts = trials.map(
    ({ record }) => record.varied.filter((path) => ownSections.includes(path.split('.')[0] ?? '')).length,
  );
  return Math.min(...counts);
}

function sharedHash(spec: ResolvedSpec): string {
  const shared = Object.entries(spec).filter(([section]) => !['method', ...ownSections].includes(section));
  return hashOf({ ...Object.fromEntries(shared), seed: 0 });
}
