/**
 * One experiment's records on disk: `<root>/<experiment>/trials/<id>/trial.json` are the truth, trials.csv is made from
 * them. Any number of processes may use one store at once. Making an object of it writes nothing.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brief } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { writeSums } from '../disk/checksums.ts';
import { isMissing, makeFolder, namesIn, readIfThere, removeLeftovers, writeWhole } from '../disk/files.ts';
import { holderOf, removeDeadLocks, tryLock, waitForLock } from '../disk/lock.ts';
import { paced } from '../disk/throttle.ts';
import { damagedCheckpoints } from './damaged-checkpoints.ts';
import { encodeRecord, type TrialRecord } from './record.ts';
import { RecordShelf, recordFile } from './record-cache.ts';
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
  /** A line for each trial.json that could not be read at the last look at the disk; for what else is damaged, at the last `records`. */
  readonly problems: readonly string[];
  /** All records on disk. A broken one goes to `problems` and is as good as missing: its trial is done again. */
  records(): Promise<TrialRecord[]>;
  /** A trial's record, as it is on disk now. */
  find(trial: Pick<TrialRecord, 'id' | 'hash'>): TrialRecord | undefined;
  /** The folder of a trial. It need not exist: `claim` makes it. */
  folder(id: string): string;
  /** The right to run a trial, its folder made; `undefined` while a live process holds it. */
  claim(id: string): Promise<Claim | undefined>;
  /** Who holds a trial, in words, and in which file; `undefined` where nobody does. */
  holder(id: string): Promise<string | undefined>;
  /** Writes the sums of the trial's files and the record; trials.csv is left as it is. */
  keep(record: TrialRecord): Promise<void>;
  /** `keep`; trials.csv follows within moments, at the latest with `rebuild`. Throws also what kept an earlier row out of it. */
  save(record: TrialRecord): Promise<void>;
  /** Removes all that the store knows of a trial (its row goes with the next `save` or `rebuild`). */
  forget(id: string): Promise<void>;
  /** Looks at the disk again and writes trials.csv from it: for the end of a run, and after a crash. */
  rebuild(): Promise<void>;
}

/** The share of the time that trials.csv may take: writing it costs more the more trials there are. */
const tableShare = 0.1;

/** The store of one experiment under `root`. Throws UsageError for a name that is no plain folder name. */
export function openStore(root: string, experiment: string): Store {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(experiment)) {
    throw new UsageError(`expected an experiment's name of letters, digits, dots and dashes, got ${brief(experiment)}`);
  }
  const path = join(root, experiment);
  const trials = join(path, 'trials');
  const csv = join(path, 'trials.csv');
  const shelf = new RecordShelf(trials);
  const lockOf = (id: string): string => join(path, '.locks', `${checkedId(id)}.lock`);
  const folder = (id: string): string => join(trials, checkedId(id));

  /** Under the store's lock, so that the last writer has seen what all writers before it wrote. */
  async function writeCsv(look: 'again' | 'for-news'): Promise<void> {
    await makeFolder(path);
    const lock = await waitForLock(join(path, '.locks', 'trials-csv.lock'));
    try {
      await shelf.look(look);
      await writeWhole(csv, encodeTrials(shelf.records()));
    } finally {
      await lock.release();
    }
  }
  const table = paced(() => writeCsv('for-news'), tableShare);
  let forgotten = 0;
  let others: readonly string[] = [];

  /** A table that is older than `records` may lack some of them, and a record that is broken explains lines of its own. */
  function damagedTable(bytes: Buffer | undefined, records: readonly TrialRecord[]): string[] {
    if (bytes === undefined || shelf.problems().length > 0 || !holdsOthers(bytes.toString('utf8'), records)) return [];
    return [`${csv}: its rows are not those of the trials (cut short or edited?); npm run exp writes it again`];
  }

  async function keep(record: TrialRecord): Promise<void> {
    await makeFolder(folder(record.id));
    // Of a worker whose run was killed: at the claim it may have lived on for a step.
    await removeLeftovers(folder(record.id));
    if (record.status !== 'failed') await writeSums(folder(record.id));
    await writeWhole(recordFile(folder(record.id)), encodeRecord(record));
    shelf.put(record);
  }

  return {
    experiment,
    path,
    csv,
    folder,
    get problems() {
      return [...shelf.problems(), ...others];
    },
    async records() {
      const bytes = await readIfThere(csv);
      await shelf.look('again');
      const records = shelf.records();
      const finished = new Set(records.flatMap(({ id, status }) => (status === 'failed' ? [] : [id])));
      const unfinished = (await namesIn(trials)).filter((id) => !finished.has(id)).map((id) => join(trials, id));
      others = [...damagedTable(bytes, records), ...(await damagedCheckpoints(unfinished))];
      return records;
    },
    find: (trial) => shelf.find(checkedId(trial.id), trial.hash),
    async claim(id) {
      const lock = await tryLock(lockOf(id));
      if (lock === undefined) return undefined;
      await makeFolder(folder(id));
      await removeLeftovers(folder(id));
      return { id, release: lock.release };
    },
    async holder(id) {
      const holder = await holderOf(lockOf(id));
      return holder === undefined ? undefined : `${holder} (${lockOf(id)})`;
    },
    keep,
    async save(record) {
      await keep(record);
      table.ask();
    },
    async forget(id) {
      shelf.drop(id);
      // Out of sight in one step; what a crash leaves of it is no trial.
      const away = join(path, `.forgotten-${process.pid}-${forgotten++}`);
      try {
        await rename(folder(id), away);
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      await rm(away, { recursive: true, force: true });
    },
    async rebuild() {
      await table.stop();
      const locks = join(path, '.locks');
      for (const place of [path, locks]) await removeLeftovers(place);
      await removeDeadLocks(locks);
      for (const name of await namesIn(path)) {
        if (name.startsWith('.forgotten-')) await rm(join(path, name), { recursive: true, force: true });
      }
      await writeCsv('again');
    },
  };
}

/** Ids become paths. */
function checkedId(id: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) throw new Error(`internal: '${id}' is not a trial's id`);
  return id;
}
