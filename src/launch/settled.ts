/** Finds the planned trials whose record stays as it is when a plan is run. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { groupBy } from '../base/collections.ts';
import { specHash, trialId } from '../catalogue/identity.ts';
import { mayAgree, originDigits, originHash } from '../catalogue/origin.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { isMissing } from '../disk/files.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';

/** Records of planned trials that a run leaves as they are, and those of failed trials, which it makes again, by hash. */
export type KnownRecords = ReadonlyMap<string, TrialRecord>;

/**
 * True for a record that a run would only make again, and its film where one is wanted. A diverged trial would diverge
 * again, with the same bytes; a failed one may have lacked memory; one without its film is trained again to be filmed.
 */
export async function isSettled(
  { film }: PlannedTrial,
  record: TrialRecord,
  store: Pick<Store, 'folder'>,
): Promise<boolean> {
  if (record.status === 'failed') return false;
  return film === undefined || (await exists(join(store.folder(record.id), 'film.json')));
}

/** What a store has of a plan. */
export interface Found {
  readonly known: KnownRecords;
  /** Records of the plan's trials that are left aside: they saw other data, scorers or code than the plan would. */
  readonly others: readonly TrialRecord[];
}

/**
 * Reads the whole store. A record is the trial's where it says that it read the same; where it says nothing, as those of
 * earlier versions do, it is taken to have. One that says so goes before one that does not.
 */
export async function findRecords(
  trials: readonly PlannedTrial[],
  store: Pick<Store, 'folder' | 'records'>,
): Promise<Found> {
  const records = await store.records();
  const byHash = groupBy(records, ({ hash }) => hash);
  const known = new Map<string, TrialRecord>();
  const others = ofOtherCode(trials, records);
  for (const trial of trials) {
    const same = byHash.get(trial.hash) ?? [];
    const own = same.filter((record) => isOf(trial, record)).sort((a, b) => says(trial, b) - says(trial, a));
    others.push(...same.filter((record) => !own.includes(record)));
    const [record] = own;
    if (record === undefined) continue;
    if (trial.film === undefined || record.status === 'failed' || (await isSettled(trial, record, store)))
      known.set(trial.hash, record);
  }
  return { known, others };
}

export const knownRecords = async (
  trials: readonly PlannedTrial[],
  store: Pick<Store, 'folder' | 'records'>,
): Promise<KnownRecords> => (await findRecords(trials, store)).known;

/** Whether a record of the trial's spec may be the trial's own. */
function isOf({ origin }: PlannedTrial, record: TrialRecord): boolean {
  const [planned, told] = [originHash(origin), originHash(record.origin)];
  if (planned !== undefined && told !== undefined) return planned === told;
  return origin === undefined || mayAgree(originDigits({ origin }), originDigits(record));
}

/** Removes what an earlier version left of a trial that has a record of its own now: it says less of what it read. */
export async function forgetEarlier(trial: PlannedTrial, store: Pick<Store, 'find' | 'forget'>): Promise<void> {
  const id = trialId(trial.spec, trial.hash);
  const earlier = id === trial.id ? undefined : store.find({ id, hash: trial.hash });
  if (earlier && isOf(trial, earlier)) await store.forget(id);
}

/** Records of trials that differ from planned ones in the bytes of the experiment's file alone. */
function ofOtherCode(trials: readonly PlannedTrial[], records: readonly TrialRecord[]): TrialRecord[] {
  const bare = (spec: ResolvedSpec) => specHash({ ...spec, code: undefined });
  const planned = new Set(trials.filter(({ spec }) => spec.code !== undefined).map(({ spec }) => bare(spec)));
  if (planned.size === 0) return [];
  const hashes = new Set(trials.map(({ hash }) => hash));
  return records.filter(({ hash, spec }) => spec.code !== undefined && !hashes.has(hash) && planned.has(bare(spec)));
}

const says = ({ origin }: PlannedTrial, record: TrialRecord): number =>
  Number(originHash(record.origin) === originHash(origin));

/** Whether a trial's record stays as it is: failed trials are run again. */
export function isThere(record: TrialRecord | undefined): record is TrialRecord {
  return record !== undefined && record.status !== 'failed';
}

/** The trials in the plan's order, with the records that stay, and without. */
export function splitKnown(
  trials: readonly PlannedTrial[],
  known: KnownRecords,
): { readonly found: readonly [PlannedTrial, TrialRecord][]; readonly missing: readonly PlannedTrial[] } {
  const found: [PlannedTrial, TrialRecord][] = [];
  const missing: PlannedTrial[] = [];
  for (const trial of trials) {
    const record = known.get(trial.hash);
    if (isThere(record)) found.push([trial, record]);
    else missing.push(trial);
  }
  return { found, missing };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
