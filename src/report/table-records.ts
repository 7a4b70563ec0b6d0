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
  const { values, spec: _, origin: read, method: __, seed: ___, ...rest } = row;
  // A column of a swept value also holds what trials outside the sweep were declared with.
  const found = matching(row, [], specOf) ?? matching(row, values, specOf);
  if (found === undefined) return undefined;
  const { spec, hash, varied } = found;
  const origin = read.data === undefined ? undefined : { says: `a set (${read.data})`, simulated: false, ...read };
  return {
    ...rest,
    ...(origin && { origin }),
    id: trialId(spec, hash, origin),
    hash,
    spec,
    varied,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    versions: {},
    commit: '',
    host: '',
    finishedAt: '',
  };
}

/** The spec of the row under these overrides, where it is the one that the row was made with. */
function matching(
  { method, seed, preset, spec: digits }: TableRow,
  overrides: TableRow['values'],
  specOf: BuiltIn['specOf'],
): Pick<TrialRecord, 'spec' | 'hash' | 'varied'> | undefined {
  try {
    const spec = specOf({ method, seed, preset: untunedPreset(preset), overrides });
    const hash = specHash(spec);
    return hash.startsWith(digits) ? { spec, hash, varied: overrides.map(({ path }) => path) } : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
