/** Caches the records of a store in memory and keeps them in step with the disk: a file is read again only when it changed. */

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { slices } from '../base/collections.ts';
import { faultOf } from '../base/one-line.ts';
import { namesIn } from '../disk/files.ts';
import { readTextSync } from '../disk/read-file.ts';
import { stampOf } from '../disk/stats-of.ts';
import { decodeRecord, type TrialRecord } from './record.ts';

/** Where a trial's folder holds its record. */
export const recordFile = (folder: string): string => join(folder, 'trial.json');

interface Entry {
  /** Time, size and inode of the file that was read. */
  readonly stamp: string;
  readonly record?: TrialRecord;
  readonly problem?: string;
}

/**
 * Reading thousands of small files asynchronously costs four times what synchronous reads cost (each is several trips to a
 * thread); so they are read synchronously, in slices between which everything else goes on.
 */
const slice = 50;

export class RecordCache {
  readonly #trials: string;
  readonly #readText: (path: string) => string;
  readonly #entries = new Map<string, Entry>();

  /** `trials` is the folder of the trials' folders; it need not exist. */
  constructor(trials: string, readText = (path: string): string => readTextSync(path)) {
    this.#trials = trials;
    this.#readText = readText;
  }

  /**
   * Updates the cache for trials that were added and removed. `new` trusts cached records of finished trials, which other
   * processes change only by running them again; `all` checks every file's time.
   */
  async refresh(which: 'all' | 'new'): Promise<void> {
    const ids = (await namesIn(this.#trials)).filter((id) => !id.startsWith('.'));
    const present = new Set(ids);
    for (const id of this.#entries.keys()) if (!present.has(id)) this.#entries.delete(id);
    const doubtful = which === 'all' ? ids : ids.filter((id) => !isFinal(this.#entries.get(id)));
    for (const ids of slices(doubtful, slice)) {
      for (const id of ids) this.#read(id);
      await setImmediate();
    }
  }

  /** Takes a record that this process has just written. */
  put(record: TrialRecord): void {
    const stamp = stampOf(recordFile(join(this.#trials, record.id)));
    if (stamp !== undefined) this.#entries.set(record.id, { stamp, record });
  }

  remove(id: string): void {
    this.#entries.delete(id);
  }

  /** A trial's record, read from its folder; `undefined` where that record is of another spec. */
  find(id: string, hash: string): TrialRecord | undefined {
    this.#read(id);
    const record = this.#entries.get(id)?.record;
    return record?.hash === hash ? record : undefined;
  }

  /** In no particular order. */
  records(): TrialRecord[] {
    return [...this.#entries.values()].flatMap(({ record }) => (record === undefined ? [] : [record]));
  }

  /** One line for each file that could not be read, sorted. */
  problems(): string[] {
    return [...this.#entries.values()].flatMap(({ problem }) => (problem === undefined ? [] : [problem])).sort();
  }

  #read(id: string): void {
    const path = recordFile(join(this.#trials, id));
    try {
      const stamp = stampOf(path);
      if (stamp === undefined)
        this.#entries.delete(id); // an unfinished trial
      else if (this.#entries.get(id)?.stamp !== stamp) this.#entries.set(id, { stamp, ...this.#decoded(path, id) });
    } catch (error) {
      this.#entries.set(id, { stamp: '', problem: faultOf(path, error) }); // its folder lets nobody in
    }
  }

  #decoded(path: string, id: string): Omit<Entry, 'stamp'> {
    try {
      const record = decodeRecord(this.#readText(path));
      return record.id === id ? { record } : { problem: faultOf(path, `it is the record of ${record.id}`) };
    } catch (error) {
      return { problem: faultOf(path, error) };
    }
  }
}

const isFinal = (entry: Entry | undefined): boolean => entry?.record !== undefined && entry.record.status !== 'failed';
