/**
 * Wraps the store for one of many Slurm tasks: it reads the records of its own trials alone and leaves trials.csv to whoever
 * gathers. Hundreds of tasks that all wrote it would queue for its lock and read each other's files again and again.
 */
import { trialId } from '../../catalogue/identity.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';

export function taskStore(store: Store, trials: readonly Pick<PlannedTrial, 'id' | 'hash' | 'spec'>[]): Store {
  return {
    experiment: store.experiment,
    path: store.path,
    csv: store.csv,
    get isTableOnly() {
      return store.isTableOnly;
    },
    get problems() {
      return store.problems;
    },
    records: async () =>
      // A record that does not say what it read lies under the shorter name.
      trials.flatMap(({ id, hash, spec }) =>
        [...new Set([id, trialId(spec, hash)])].flatMap((name) => store.find({ id: name, hash }) ?? []),
      ),
    find: (trial) => store.find(trial),
    folder: (id) => store.folder(id),
    claim: (id) => store.claim(id),
    holder: (id) => store.holder(id),
    keep: (record) => store.keep(record),
    save: (record) => store.keep(record),
    forget: (id) => store.forget(id),
    rebuild: async () => {},
  };
}
