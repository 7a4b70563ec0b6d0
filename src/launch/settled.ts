/** Whether there is anything left to do about a trial. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../disk/files.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';

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
  return film === undefined || (await isThere(join(store.folder(id), 'film.json')));
}

/** The planned trials' records that a run leaves as they are, and those of failed trials, which it makes again, by hash. */
export async function knownRecords(
  trials: readonly PlannedTrial[],
  store: Pick<Store, 'folder' | 'records'>,
): Promise<Map<string, TrialRecord>> {
  const known = new Map((await store.records()).map((record) => [record.hash, record]));
  for (const trial of trials.filter(({ film }) => film !== undefined)) {
    const record = known.get(trial.hash);
    if (record && record.status !== 'failed' && !(await isSettled(trial, record, store))) known.delete(trial.hash);
  }
  return known;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
