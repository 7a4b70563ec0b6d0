/**
 * Merges a result into the store, exactly once: under the trial's claim, its files first, then its record. What came through
 * Redis is checked against what was asked for.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { originHash } from '../../catalogue/origin.ts';
import { writeWhole } from '../../disk/files.ts';
import { type AskedEngine, isAsked } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import { forgetEarlier, isSettled } from '../settled.ts';
import { completeRecord, failedRecord, resultOf } from '../trial-result.ts';
import { type Archive, unpackArchive } from './archive.ts';
import type { BlobStore } from './blob-store.ts';
import { jobId } from './job.ts';
import { mostBytes } from './result-size.ts';

export type Merged =
  | {
      readonly kind: 'ended';
      readonly record: TrialRecord;
      readonly maxRssBytes: number;
      /** The file with the stack, where its code threw. */
      readonly trace?: string;
    }
  /** Its record was in the store already. */
  | { readonly kind: 'found'; readonly record: TrialRecord }
  /** Another live run of the store has its claim. */
  | { readonly kind: 'held'; readonly holder: string }
  /** The trial's own spec was wrong: one line for the user. */
  | { readonly kind: 'usage'; readonly message: string }
  /** There is no result. */
  | { readonly kind: 'gone' }
  /** What came is not what was asked for; one line. */
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Brings one trial's result into the store; the blob store still has it afterwards. Throws UsageError without the shared folder
 * that it needs, and what the disk throws.
 *
 * @param data where prepared sets of pictures lie.
 */
export async function mergeResult(
  trial: PlannedTrial,
  engine: AskedEngine,
  blobs: BlobStore,
  store: Store,
  data: string,
): Promise<Merged> {
  return underClaim(trial, store, async () => {
    let archive: Archive;
    try {
      const bytes = await blobs.get('result', jobId(trial), () => mostBytes(trial, data));
      if (bytes === undefined) return { kind: 'gone' };
      archive = unpackArchive(bytes);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      return { kind: 'damaged', reason: messageOf(error) };
    }
    if (archive.kind === 'usage') return archive;
    const { record, files, maxRssBytes } = archive;
    if (record.hash !== trial.hash || record.id !== trial.id || !isAsked(record.engine, engine))
      return { kind: 'damaged', reason: `it is of ${record.id} on ${record.engine}` };
    // A failed trial may have ended before it read anything.
    if (record.status !== 'failed' && originHash(record.origin) !== originHash(trial.origin))
      return { kind: 'damaged', reason: `it saw other data or had another scorer (${record.origin?.says ?? 'none'})` };
    const folder = store.folder(trial.id);
    for (const { name, bytes } of files) await writeWhole(join(folder, name), bytes);
    const names = files.map(({ name }) => name);
    const own = completeRecord(trial, resultOf(record));
    await store.save(own);
    if (own.status !== 'failed') await forgetEarlier(trial, store);
    // What an earlier, failed attempt left. A checkpoint only now: it is worth more than a record that could not be saved.
    for (const stale of ['error.txt', 'checkpoint']) {
      if (!names.includes(stale)) await rm(join(folder, stale), { force: true });
    }
    const trace = names.includes('error.txt') ? join(folder, 'error.txt') : undefined;
    return { kind: 'ended', record: own, maxRssBytes, ...(trace !== undefined && { trace }) };
  });
}

/** The record of a trial that no worker could finish. */
export async function mergeFailure(trial: PlannedTrial, engine: string, reason: string, store: Store): Promise<Merged> {
  return underClaim(trial, store, async () => {
    const failure = { reason, steps: 0, wallSeconds: 0 };
    const record = failedRecord(trial, { engine, device: '' }, failure, new Date());
    await store.save(record);
    return { kind: 'ended', record, maxRssBytes: 0 };
  });
}

async function underClaim(trial: PlannedTrial, store: Store, work: () => Promise<Merged>): Promise<Merged> {
  const claim = await store.claim(trial.id);
  if (!claim) return { kind: 'held', holder: (await store.holder(trial.id)) ?? 'a process that has just ended' };
  try {
    const earlier = store.find(trial);
    if (earlier && (await isSettled(trial, earlier, store))) return { kind: 'found', record: earlier };
    return await work();
  } finally {
    await claim.release();
  }
}
