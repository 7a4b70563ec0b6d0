/** Works out how a report's trials were made: settings shared and own, seeds, and the commands that make them again. */
import { groupBy } from '../base/collections.ts';
import { shellWord } from '../base/shell-words.ts';
import { compareMethods } from '../catalogue/method-order.ts';
import { valueAt } from '../schema/paths.ts';
import type { TrialRecord } from '../store/record.ts';
import { flattenSpec, valueText } from '../summary/spec-text.ts';
import type { Group } from './report-data.ts';

/** A dotted path of the resolved spec with its value, and the groups that have it (none named: all). */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

export interface Settings {
  /** What all groups have in common. */
  readonly shared: readonly Setting[];
  /** Paths at which they differ, with a value for each group; `–` where a group has none. */
  readonly own: readonly { readonly path: string; readonly values: readonly string[] }[];
}

/** The resolved specs of `groups`, seeds left out. */
export const settingsOf = (groups: readonly Group[]): Settings =>
  compareSpecs(groups.map(({ described }) => described));

/** Resolved specs of several methods, with what else decides their numbers. */
export function compareSpecs(specs: readonly object[]): Settings {
  const flat = specs.map((spec) => flattenSpec(spec));
  const paths = [...new Set(flat.flatMap((values) => [...values.keys()]))].filter((path) => path !== 'seed');
  const rows = paths.map((path) => ({ path, values: flat.map((values) => values.get(path) ?? '–') }));
  const isShared = ({ values }: { readonly values: readonly string[] }) => new Set(values).size === 1;
  return {
    shared: rows.filter(isShared).map(({ path, values }) => ({ path, value: values[0] ?? '–' })),
    own: rows.filter((row) => !isShared(row) && row.path !== 'method'),
  };
}

export interface Tally {
  readonly value: string;
  readonly trials: number;
}

/** How many trials have each value of something, most first. */
export function tally(records: readonly TrialRecord[], of: (record: TrialRecord) => string): Tally[] {
  const counts = new Map<string, number>();
  for (const record of records) counts.set(of(record), (counts.get(of(record)) ?? 0) + 1);
  return [...counts]
    .map(([value, trials]) => ({ value, trials }))
    .sort((a, b) => b.trials - a.trials || (a.value < b.value ? -1 : 1));
}

/**
 * Commands that run every trial of the records again, as few as their seeds, presets and varied paths allow. `experiment` is
 * its name, or the path of its file.
 */
export function commands(records: readonly TrialRecord[], experiment: string): string[] {
  const byVaried = groupBy(records, ({ preset, varied }) => JSON.stringify([preset, [...varied].sort()]));
  return [...byVaried.values()].flatMap((sameVaried) => sameSeeds(sameVaried)).map((part) => command(part, experiment));
}

/** Splits trials where some methods or values were run on other seeds than the rest. */
function sameSeeds(records: readonly TrialRecord[]): TrialRecord[][] {
  const byRun = groupBy(records, (record) => JSON.stringify([record.spec.method, variedValues(record)]));
  const seeds = (run: readonly TrialRecord[]) => run.map(({ spec }) => spec.seed).sort((a, b) => a - b);
  return [...groupBy(byRun.values(), (run) => JSON.stringify(seeds(run))).values()].map((runs) => runs.flat());
}

function command(records: readonly TrialRecord[], experiment: string): string {
  const methods = [...new Set(records.map(({ spec }) => spec.method))].sort(compareMethods);
  const preset = records[0]?.preset ?? 'default';
  const paths = [...new Set(records.flatMap(({ varied }) => varied))].sort();
  const options = paths.map((path) => {
    const values = [...new Map(records.map(({ spec }) => [JSON.stringify(valueAt(spec, path)), valueAt(spec, path)]))];
    const texts = values
      .map(([, value]) => value)
      .sort(ascending)
      .map(valueText);
    if (texts.length === 1) return `--set ${shellWord(`${path}=${texts[0]}`)}`;
    return path === 'penalty.weight'
      ? `--lambda ${texts.join(',')}`
      : `--sweep ${shellWord(`${path}=${texts.join(',')}`)}`;
  });
  return [
    `npm run exp -- ${shellWord(experiment)}`,
    `--methods ${methods.join(',')}`,
    `--seeds ${seedsOption([...new Set(records.map(({ spec }) => spec.seed))])}`,
    ...(preset === 'default' ? [] : [`--preset ${shellWord(preset)}`]),
    ...options,
  ].join(' ');
}

const variedValues = ({ spec, varied }: TrialRecord) => [...varied].sort().map((path) => valueAt(spec, path));

const ascending = (a: unknown, b: unknown): number => (typeof a === 'number' && typeof b === 'number' ? a - b : 0);

function seedsOption(unsorted: readonly number[]): string {
  const seeds = [...unsorted].sort((a, b) => a - b);
  const [first = 0] = seeds;
  const last = seeds.at(-1) ?? first;
  if (last - first + 1 !== seeds.length) return seeds.join(',');
  if (first === 0) return String(seeds.length);
  return `${first}..${last}`;
}
