/** Shows several stores as one: the experiments of each but the first bear its name before theirs. */
import { leaderboardOf } from './leaderboard.ts';
import type { StoredTrial } from './play/subject.ts';
import type { Shown, Source } from './source.ts';
import type { StoreSource } from './store-source.ts';
import type { ExperimentLine, Leaderboard } from './wire.ts';

/** The page asks for panels and films under the name that the wall says. */
const renamed = (shown: Shown, experiment: string): Shown => ({
  get version() {
    return shown.version;
  },
  wall: () => ({ ...shown.wall(), experiment }),
  panel: (id) => shown.panel(id),
  film: (id) => shown.film(id),
  curves: (id) => shown.curves(id),
  watch: (changed) => shown.watch(changed),
});

interface Part {
  /** '' for the first. */
  readonly prefix: string;
  readonly store: StoreSource;
}

export class SeveralStores implements Source {
  readonly #parts: readonly Part[];

  /** @param others with their names; one that is taken is counted on: `old`, `old-2`. */
  constructor(own: StoreSource, others: readonly (readonly [name: string, store: StoreSource])[]) {
    const names = others.map(([name]) => name);
    const nth = (at: number) => names.slice(0, at + 1).filter((name) => name === names[at]).length;
    const prefixOf = (name: string, at: number) => `${name}${nth(at) > 1 ? `-${nth(at)}` : ''}:`;
    this.#parts = [
      { prefix: '', store: own },
      ...others.map(([name, store], at) => ({ prefix: prefixOf(name, at), store })),
    ];
  }

  async experiments(): Promise<readonly ExperimentLine[]> {
    const all = this.#parts.map(async ({ prefix, store }) =>
      (await store.experiments()).map((line) => ({ ...line, name: prefix + line.name })),
    );
    return (await Promise.all(all)).flat();
  }

  async open(experiment: string): Promise<Shown | undefined> {
    const [store, name] = this.#at(experiment);
    const shown = await store.open(name);
    return shown && (name === experiment ? shown : renamed(shown, experiment));
  }

  trial(experiment: string, id: string): Promise<StoredTrial | undefined> {
    const [store, name] = this.#at(experiment);
    return store.trial(name, id);
  }

  async leaderboard(): Promise<Leaderboard> {
    const all = this.#parts.map(async ({ prefix, store }) =>
      (await store.boards()).map((board) => [prefix + board.experiment, board] as const),
    );
    return leaderboardOf((await Promise.all(all)).flat());
  }

  #at(experiment: string): readonly [StoreSource, string] {
    const found = this.#parts.findLast(({ prefix }) => experiment.startsWith(prefix)) as Part; // '' begins all
    return [found.store, experiment.slice(found.prefix.length)];
  }
}
