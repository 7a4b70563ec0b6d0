/** Shows a store: its experiments, each read when somebody first asks for it; and the leaderboard of all of them. */
import { join } from 'node:path';
import { faultOf } from '../base/one-line.ts';
import type { Board } from '../report/leaderboard/standings.ts';
import type { FindBuiltIn } from '../report/load.ts';
import { experimentsIn } from '../store/experiments-in.ts';
import { readMetadata } from '../store/metadata.ts';
import { isSearch } from '../store/search-file.ts';
import { openStore } from '../store/store.ts';
import { StoredExperiment } from './experiment.ts';
import { Eye } from './eye.ts';
import { leaderboardOf } from './leaderboard.ts';
import type { StoredTrial } from './play/subject.ts';
import type { Shown, Source } from './source.ts';
import { StoreBoards } from './store-boards.ts';
import type { ExperimentLine, Leaderboard } from './wire.ts';

export class StoreSource implements Source {
  readonly #root: string;
  readonly #findBuiltIn: FindBuiltIn;
  readonly #eye = new Eye();
  readonly #open = new Map<string, StoredExperiment>();
  readonly #boards: StoreBoards;

  constructor(root: string, findBuiltIn: FindBuiltIn) {
    this.#root = root;
    this.#findBuiltIn = findBuiltIn;
    this.#boards = new StoreBoards(root, findBuiltIn);
  }

  async experiments(): Promise<readonly ExperimentLine[]> {
    const all = await experimentsIn(this.#root);
    // Of a search that is a table alone there is nothing to be seen here: its report has the draws.
    const found = all.filter(({ name, trials }) => trials > 0 || !isSearch(join(this.#root, name)));
    const lines: ExperimentLine[] = [];
    // One after the other: pages are answered between two of them.
    for (const { name, trials } of found) lines.push({ name, trials, claim: await this.#claimOf(name) });
    return lines;
  }

  async open(experiment: string): Promise<Shown | undefined> {
    return (await this.#stored(experiment))?.shown();
  }

  async trial(experiment: string, id: string): Promise<StoredTrial | undefined> {
    return (await this.#stored(experiment))?.trial(id);
  }

  boards(): Promise<readonly Board[]> {
    return this.#boards.read();
  }

  async leaderboard(): Promise<Leaderboard> {
    return leaderboardOf((await this.boards()).map((board) => [board.experiment, board]));
  }

  async #stored(experiment: string): Promise<StoredExperiment | undefined> {
    const known = this.#open.get(experiment);
    if (known) return known;
    if (!(await experimentsIn(this.#root)).some(({ name }) => name === experiment)) return undefined;
    const opened = new StoredExperiment(this.#root, openStore(this.#root, experiment), this.#findBuiltIn, this.#eye);
    this.#open.set(experiment, opened);
    return opened;
  }

  async #claimOf(name: string): Promise<string> {
    const { path } = openStore(this.#root, name);
    try {
      return (readMetadata(path) ?? (await this.#findBuiltIn(name))?.metadata)?.claim ?? '';
    } catch (error) {
      return faultOf(path, error);
    }
  }
}
