/** Says how far the trials of an experiment in a store are: those with a record, at work, and left behind. Reads alone. */
import { join } from 'node:path';
import { finiteOrNull } from '../../base/representable.ts';
import { namesIn } from '../../disk/files.ts';
import { readIfThere } from '../../disk/read-file.ts';
import { type Checkpoint, decodeCheckpoint } from '../../store/checkpoint.ts';
import { readMetadata } from '../../store/metadata.ts';
import { type Status, statuses, type TrialRecord } from '../../store/record.ts';
import { openStore, type Store } from '../../store/store.ts';
import { bySetting } from '../../summary/origins.ts';
import { UnfinishedTrials } from '../../view/unfinished.ts';

/** A trial without a record. */
export interface BegunTrial {
  readonly id: string;
  /** The process that is at work on it; `null`: nobody is, and the command that began it goes on with it. */
  readonly holder: string | null;
  /** Of its last checkpoint; `null` before the first. */
  readonly step: number | null;
  /** Of its settings; `null` where nothing here tells them: `--set` made them, and no trial of them has a record. */
  readonly steps: number | null;
  readonly stepsPerSecond: number | null;
}

export interface StoreStatus {
  readonly experiment: string;
  readonly counts: Readonly<Record<Status, number>>;
  readonly begun: readonly BegunTrial[];
  /** The record that was written last; `null` where there is none. */
  readonly last: { readonly id: string; readonly finishedAt: string } | null;
  readonly problems: readonly string[];
}

export async function storeStatus(root: string, experiment: string): Promise<StoreStatus> {
  const store = openStore(root, experiment);
  const records = await store.records();
  const ended = new Set(records.map(({ id }) => id));
  const counts = statuses.map((status) => [status, records.filter((record) => record.status === status).length]);
  const [last] = records.toSorted((a, b) => (a.finishedAt > b.finishedAt ? -1 : 1));
  return {
    experiment,
    counts: Object.fromEntries(counts) as Record<Status, number>, // of every status
    begun: await begunTrials(store, ended, records),
    last: last ? { id: last.id, finishedAt: last.finishedAt } : null,
    problems: store.problems,
  };
}

async function begunTrials(store: Store, ended: ReadonlySet<string>, records: readonly TrialRecord[]) {
  const folders = (await namesIn(join(store.path, 'trials'))).filter(
    (id) => !ended.has(id) && /^[a-z0-9][a-z0-9-]*$/.test(id),
  );
  const found = await new UnfinishedTrials(store).find(ended, () => knownSpecs(store, records));
  return Promise.all(
    folders.sort().map(async (id): Promise<BegunTrial> => {
      const one = found.find((trial) => trial.id === id);
      const { step, elapsed } = one?.checkpoint ??
        (await lastCheckpoint(store.folder(id))) ?? { step: null, elapsed: 0 };
      return {
        id,
        // Behind it stands the path of the lock.
        holder: (await store.holder(id))?.split(' (')[0] ?? null,
        step,
        steps: one?.spec.training.steps ?? null,
        stepsPerSecond: step === null ? null : finiteOrNull(one?.stepsPerSecond ?? step / elapsed),
      };
    }),
  );
}

/** Absent before the first; a damaged one is said by the store. */
async function lastCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  try {
    const bytes = await readIfThere(join(folder, 'checkpoint'));
    return bytes && decodeCheckpoint(bytes);
  } catch {
    return undefined;
  }
}

/** Settings that a checkpoint may be of: what the experiment declares, and one of each that was run. */
function knownSpecs({ path }: Store, records: readonly TrialRecord[]): object[] {
  const run = bySetting(records, (record) => record).flatMap(([, [first]]) => first?.spec ?? []);
  return [...declaredSpecs(path), ...run];
}

function declaredSpecs(folder: string): object[] {
  try {
    return Object.values(readMetadata(folder)?.methods ?? {}).flatMap(({ spec }) => (spec ? [spec] : []));
  } catch {
    return []; // damaged, which the report says
  }
}
