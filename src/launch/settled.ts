/** Finds the planned trials whose record stays as it is when a plan is run. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
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
  { id, film }: PlannedTrial,
  record: TrialRecord,
  store: Pick<Store, 'folder'>,
): Promise<boolean> {
  if (record.status === 'failed') return false;
  return film === undefined || (await exists(join(store.folder(id), 'film.json')));
}

/** Reads the whole store. */
export async function knownRecords(
  trials: readonly PlannedTrial[],
  store: Pick<Store, 'folder' | 'records'>,
): Promise<KnownRecords> {
  const known = new Map((await store.records()).map((record) => [record.hash, record]));
  for (const trial of trials.filter(({ film }) => film !== undefined)) {
    const record = known.get(trial.hash);
    if (record && record.status !== 'failed' && !(await isSettled(trial, record, store))) known.delete(trial.hash);
  }
  return known;
}

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
