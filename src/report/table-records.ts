/** Restores the records of a store that was reduced to trials.csv: a row's spec is resolved again, and its hash says whether it is the same. */
import { UsageError } from '../base/usage-error.ts';
import { specHash, trialId } from '../catalogue/identity.ts';
import { untunedPreset } from '../catalogue/preset-names.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Metadata } from '../store/metadata.ts';
import type { TrialRecord } from '../store/record.ts';
import type { TableRow } from '../store/trials-csv.ts';

/** What the project says of an experiment of its own. */
export interface BuiltIn {
  readonly metadata: Metadata;
  /** Throws UsageError for what the experiment does not declare. */
  readonly specOf: (choice: Choice) => ResolvedSpec;
}

interface Choice extends Pick<TableRow, 'seed' | 'preset'> {
  readonly method: string;
  readonly overrides: TableRow['values'];
}

/** `tell` gets a line where there are rows whose spec is not that of the experiment as it stands: they are left out. */
export function recordsOf(
  rows: readonly TableRow[],
  { specOf }: BuiltIn,
  source: string,
  tell: (problem: string) => void,
): TrialRecord[] {
  const records = rows.flatMap((row) => recordOf(row, specOf) ?? []);
  const lost = rows.length - records.length;
  if (lost > 0)
    tell(`${source}: ${lost} of ${rows.length} rows are of specs that the experiment does not have any more`);
  return records;
}

function recordOf(row: TableRow, specOf: BuiltIn['specOf']): TrialRecord | undefined {
  const { values, spec: digits, origin: read, method: _, seed: __, ...rest } = row;
  // A column of a swept value also holds what trials outside the sweep were declared with.
  const found = [[], values].flatMap((overrides) => resolved(row, overrides, specOf) ?? []);
  const spec = found.find((candidate) => specHash(candidate).startsWith(digits));
  if (spec === undefined) return undefined;
  const hash = specHash(spec);
  const origin = read.data === undefined ? undefined : { says: `a set (${read.data})`, simulated: false, ...read };
  return {
    ...rest,
    ...(origin && { origin }),
    id: trialId(spec, hash, origin),
    hash,
    spec,
    varied: spec === found[0] ? [] : values.map(({ path }) => path),
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    versions: {},
    commit: '',
    host: '',
    finishedAt: '',
  };
}

function resolved(
  { method, seed, preset }: TableRow,
  overrides: TableRow['values'],
  specOf: BuiltIn['specOf'],
): ResolvedSpec | undefined {
  try {
    return specOf({ method, seed, preset: untunedPreset(preset), overrides });
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
