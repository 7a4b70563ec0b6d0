/**
 * Finds the trials of a store that are begun and have no record yet, by their checkpoints. A checkpoint says neither method
 * nor settings: the folder's name tells the method and seed, and what the experiment declares the rest, where its hash agrees.
 */
import { join } from 'node:path';
import { specHash } from '../catalogue/identity.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { namesIn } from '../disk/files.ts';
import { readIfThere } from '../disk/read-file.ts';
import { stampOf } from '../disk/stats-of.ts';
import { type Checkpoint, decodeCheckpoint } from '../store/checkpoint.ts';
import type { Store } from '../store/store.ts';

export interface Unfinished {
  readonly id: string;
  readonly spec: ResolvedSpec;
  readonly checkpoint: Checkpoint;
  /** Since it was begun or resumed, as far as two checkpoints tell; the mean of all its time before that. */
  readonly stepsPerSecond: number;
}

interface Seen {
  readonly stamp: string;
  readonly found: Unfinished | undefined;
}

export class UnfinishedTrials {
  readonly #store: Store;
  readonly #seen = new Map<string, Seen>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Those that lie there now. @param finished ids with a record. @param known specs that its own may be, of any seed: those
   * that experiment.json declares, those of records. A checkpoint that cannot be read, or is of other settings, is left out.
   */
  async find(finished: ReadonlySet<string>, known: () => readonly object[]): Promise<Unfinished[]> {
    const ids = (await namesIn(join(this.#store.path, 'trials'))).filter((id) => !finished.has(id));
    const present = new Set(ids);
    for (const id of this.#seen.keys()) if (!present.has(id)) this.#seen.delete(id);
    for (const id of ids) await this.#look(id, known);
    return ids.sort().flatMap((id) => this.#seen.get(id)?.found ?? []);
  }

  async #look(id: string, known: () => readonly object[]): Promise<void> {
    const named = /^([a-z0-9-]+)-s(\d+)-([0-9a-f]{8})/.exec(id);
    if (named === null) return;
    const path = join(this.#store.folder(id), 'checkpoint');
    try {
      const stamp = stampOf(path) ?? '';
      const before = this.#seen.get(id);
      if (before?.stamp === stamp) return;
      const bytes = await readIfThere(path);
      const [, method = '', seed = '', digits = ''] = named;
      const spec = before?.found?.spec ?? specOf(known(), method, Number(seed), digits);
      const checkpoint = bytes && spec && decodeCheckpoint(bytes);
      const found = checkpoint && { id, spec, checkpoint, stepsPerSecond: rateOf(before?.found, checkpoint) };
      this.#seen.set(id, { stamp, found });
    } catch {
      this.#seen.delete(id); // replaced while it was read, or damaged, which the store's own problems say
    }
  }
}

/** That of the known ones with this seed that has the trial's hash. */
function specOf(known: readonly object[], method: string, seed: number, digits: string): ResolvedSpec | undefined {
  const candidates = known.map((spec) => ({ ...spec, seed }) as ResolvedSpec); // experiment.json holds whole specs
  return candidates.find((spec) => spec.method === method && specHash(spec).startsWith(digits));
}

function rateOf(before: Unfinished | undefined, { step, elapsed }: Checkpoint): number {
  const [steps, seconds] =
    before && before.checkpoint.step < step
      ? [step - before.checkpoint.step, elapsed - before.checkpoint.elapsed]
      : [step, elapsed];
  return seconds > 0 ? steps / seconds : 0;
}
