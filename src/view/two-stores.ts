/** Shows two stores as one: the experiments of the other bear its name before theirs. */
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
  watch: (changed) => shown.watch(changed),
});

export class TwoStores implements Source {
  readonly #own: StoreSource;
  readonly #other: StoreSource;
  readonly #prefix: string;

  /** @param name of the other store. */
  constructor(own: StoreSource, other: StoreSource, name: string) {
    this.#own = own;
    this.#other = other;
    this.#prefix = `${name}:`;
  }

  async experiments(): Promise<readonly ExperimentLine[]> {
    const others = (await this.#other.experiments()).map((line) => ({ ...line, name: this.#prefix + line.name }));
    return [...(await this.#own.experiments()), ...others];
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
    const own = (await this.#own.boards()).map((board) => [board.experiment, board] as const);
    const others = (await this.#other.boards()).map((board) => [this.#prefix + board.experiment, board] as const);
    return leaderboardOf([...own, ...others]);
  }

  #at(experiment: string): readonly [StoreSource, string] {
    return experiment.startsWith(this.#prefix)
      ? [this.#other, experiment.slice(this.#prefix.length)]
      : [this.#own, experiment];
  }
}
