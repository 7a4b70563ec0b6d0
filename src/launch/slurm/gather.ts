/** What tasks left in a store: trials.csv made of it, and the planned trials' records. */
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import type { Outcome } from '../events.ts';
import { knownRecords } from '../settled.ts';

/** Writes trials.csv. A trial that lacks the film it is to have counts as missing. */
export async function gather(trials: readonly PlannedTrial[], store: Store): Promise<Outcome> {
  await store.rebuild();
  const known = await knownRecords(trials, store);
  return { records: trials.flatMap(({ hash }) => known.get(hash) ?? []), maxRssBytes: 0 };
}
