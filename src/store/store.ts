/**
 * Opens the store of one experiment: `<root>/<experiment>/trials/<id>/trial.json` hold the records, trials.csv is derived
 * from them. Any number of processes may use a store at once. Opening it writes nothing.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brief } from '../base/format-issue.ts';
import { faultOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { experimentName } from '../catalogue/spec.ts';
import { writeChecksums } from '../disk/checksums.ts';
import { isMissing, makeFolder, namesIn, removeLeftovers, writeWhole } from '../disk/files.ts';
import { holderOf, removeDeadLocks, tryLock, waitForLock } from '../disk/lock.ts';
import { readIfThere, refuseOther } from '../disk/read-file.ts';
import { type Throttle, throttle } from '../disk/throttle.ts';
import { damagedCheckpoints } from './damaged-checkpoints.ts';
import { encodeRecord, type TrialRecord } from './record.ts';
import { RecordCache, recordFile } from './record-cache.ts';
import { encodeTrials, holdsOthers } from './trials-csv.ts';

/** The right to run one trial. It ends with `release`, or with the process. */
export interface Claim {
  readonly id: string;
  release(): Promise<void>;
}

export interface Store {
  /** The experiment's name, and its folder's in the store. */
  readonly experiment: string;
  /** `<root>/<experiment>`. */
  readonly path: string;
  /** The path of trials.csv. */
  readonly csv: string;
  /** A line for each trial.json that could not be read when it was last checked; for other damage, at the last `records`. */
  readonly problems: readonly string[];
  /** Whether, at the last `records`, there were rows and no folder of trials: a published table, which a run would overwrite. */
  readonly isTableOnly: boolean;
  /** All records on disk. A damaged one is listed in `problems` and treated as missing: its trial runs again. */
  records(): Promise<TrialRecord[]>;
  /** A trial's record, as it is on disk now. */
  find(trial: Pick<TrialRecord, 'id' | 'hash'>): TrialRecord | undefined;
  /** The folder of a trial. It need not exist: `claim` makes it. */
  folder(id: string): string;
  /** Claims the right to run a trial and makes its folder; `undefined` while a live process holds it. */
  claim(id: string): Promise<Claim | undefined>;
  /** The process that holds a trial's claim, and the lock file; `undefined` where there is none. */
  holder(id: string): Promise<string | undefined>;
  /** Writes the checksums of the trial's files and the record; trials.csv is left as it is. */
  keep(record: TrialRecord): Promise<void>;
  /** `keep`; trials.csv follows soon, at the latest with `rebuild`. Also throws what kept an earlier row out of it. */
  save(record: TrialRecord): Promise<void>;
  /** Removes a trial from the store (its row disappears with the next `save` or `rebuild`). */
  forget(id: string): Promise<void>;
  /** Reads the disk again and rewrites trials.csv: at the end of a run, and after a crash. */
  rebuild(): Promise<void>;
}

/** The share of the time that writing trials.csv may take: its cost grows with the number of trials. */
const tableShare = 0.1;

/** The store of one experiment under `root`. Throws UsageError for a name that is no plain folder name. */
export function openStore(root: string, experiment: string): Store {
  if (!experimentName.test(experiment)) {
    throw new UsageError(`expected an experiment's name of letters, digits, dots and dashes, got ${brief(experiment)}`);
  }
  return new FileStore(join(root, experiment), experiment);
}

class FileStore implements Store {
  readonly experiment: string;
  readonly path: string;
  readonly csv: string;
  readonly #trials: string;
  readonly #locks: string;
  readonly #cache: RecordCache;
  readonly #table: Throttle;
  /** What was found damaged besides records, at the last `records`. */
  #damaged: readonly string[] = [];
  #isTableOnly = false;
  #forgotten = 0;

  constructor(path: string, experiment: string) {
    this.experiment = experiment;
    this.path = path;
    this.csv = join(path, 'trials.csv');
    this.#trials = join(path, 'trials');
    this.#locks = join(path, '.locks');
    this.#cache = new RecordCache(this.#trials);
    this.#table = throttle(() => this.#writeCsv('new'), tableShare);
  }

  get isTableOnly(): boolean {
    return this.#isTableOnly;
  }

  get problems(): readonly string[] {
    return [...this.#cache.problems(), ...this.#damaged];
  }

  async records(): Promise<TrialRecord[]> {
    const table = await readTable(this.csv);
    await this.#cache.refresh('all');
    const records = this.#cache.records();
    const finished = new Set(records.flatMap(({ id, status }) => (status === 'failed' ? [] : [id])));
    const unfinished = (await namesIn(this.#trials)).filter((id) => !finished.has(id));
    this.#isTableOnly = /\n./.test(table.text ?? '') && !existsSync(this.#trials);
    this.#damaged = [
      ...(table.problem === undefined ? this.#damagedTable(table.text, records) : [table.problem]),
      ...(await damagedCheckpoints(unfinished.map((id) => join(this.#trials, id)))),
    ];
    return records;
  }

  find(trial: Pick<TrialRecord, 'id' | 'hash'>): TrialRecord | undefined {
    return this.#cache.find(checkedId(trial.id), trial.hash);
  }

  folder(id: string): string {
    return join(this.#trials, checkedId(id));
  }

  async claim(id: string): Promise<Claim | undefined> {
    const lock = await tryLock(this.#lockOf(id));
    if (lock === undefined) return undefined;
    await makeFolder(this.folder(id));
    await removeLeftovers(this.folder(id));
    // Before a trial is trained whose record could not be written.
    for (const path of [recordFile(this.folder(id)), join(this.folder(id), 'checkpoint')]) refuseOther(path);
    return { id, release: lock.release };
  }

  async holder(id: string): Promise<string | undefined> {
    const holder = await holderOf(this.#lockOf(id));
    return holder === undefined ? undefined : `${holder} (${this.#lockOf(id)})`;
  }

  async keep(record: TrialRecord): Promise<void> {
    const folder = this.folder(record.id);
    await makeFolder(folder);
    // Temporary files of a worker whose run was killed: when the trial was claimed, it may still have run for a step.
    await removeLeftovers(folder);
    if (record.status !== 'failed') await writeChecksums(folder);
    await writeWhole(recordFile(folder), encodeRecord(record));
    this.#cache.put(record);
  }

  async save(record: TrialRecord): Promise<void> {
    await this.keep(record);
    this.#table.request();
  }

  async forget(id: string): Promise<void> {
    this.#cache.remove(id);
    // Hidden by one rename, so that a crash during removal leaves no half of a trial.
    const away = join(this.path, `.forgotten-${process.pid}-${this.#forgotten++}`);
    try {
      await rename(this.folder(id), away);
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    await rm(away, { recursive: true, force: true });
  }

  async rebuild(): Promise<void> {
    await this.#table.stop();
    for (const folder of [this.path, this.#locks]) await removeLeftovers(folder);
    await removeDeadLocks(this.#locks);
    for (const name of await namesIn(this.path)) {
      if (name.startsWith('.forgotten-')) await rm(join(this.path, name), { recursive: true, force: true });
    }
    await this.#writeCsv('all');
  }

  #lockOf(id: string): string {
    return join(this.#locks, `${checkedId(id)}.lock`);
  }

  /** Writes under the store's lock, so that the last writer has seen what all earlier writers wrote. */
  async #writeCsv(which: 'all' | 'new'): Promise<void> {
    await makeFolder(this.path);
    const lock = await waitForLock(join(this.#locks, 'trials-csv.lock'));
    try {
      await this.#cache.refresh(which);
      await writeWhole(this.csv, encodeTrials(this.#cache.records()));
    } finally {
      await lock.release();
    }
  }

  /** A table older than `records` may lack some of them, and a damaged record explains a line without a record. */
  #damagedTable(text: string | undefined, records: readonly TrialRecord[]): string[] {
    const isExplained = text === undefined || this.#isTableOnly || this.#cache.problems().length > 0;
    if (isExplained || !holdsOthers(text, records)) return [];
    return [`${this.csv}: its rows are not those of the trials (cut short or edited?); npm run exp writes it again`];
  }
}

async function readTable(path: string): Promise<{ readonly text?: string; readonly problem?: string }> {
  try {
    const bytes = await readIfThere(path);
    return bytes ? { text: bytes.toString('utf8') } : {};
  } catch (error) {
    return { problem: faultOf(path, error) };
  }
}

/** Ids become paths. */
function checkedId(id: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) throw new Error(`internal: '${id}' is not a trial's id`);
  return id;
}
