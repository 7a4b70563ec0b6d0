/** Shows a store: its experiments, each read when somebody first asks for it; and the leaderboard of all of them. */
import { faultOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { type Board, boardsOf } from '../report/leaderboard/standings.ts';
import { type FindBuiltIn, loadReport } from '../report/load.ts';
import { experimentsIn } from '../store/experiments-in.ts';
import { readMetadata } from '../store/metadata.ts';
import { openStore } from '../store/store.ts';
import { StoredExperiment } from './experiment.ts';
import { Eye } from './eye.ts';
import { leaderboardOf } from './leaderboard.ts';
import type { StoredTrial } from './play/subject.ts';
import type { Shown, Source } from './source.ts';
import type { ExperimentLine, Leaderboard } from './wire.ts';

/** So many times as long as reading all took it is not read again. */
const rest = 20;

export class StoreSource implements Source {
  readonly #root: string;
  readonly #findBuiltIn: FindBuiltIn;
  readonly #eye = new Eye();
  readonly #open = new Map<string, StoredExperiment>();
  #boards: { readonly boards: readonly Board[]; readonly until: number } | undefined;

  constructor(root: string, findBuiltIn: FindBuiltIn) {
    this.#root = root;
    this.#findBuiltIn = findBuiltIn;
  }

  async experiments(): Promise<readonly ExperimentLine[]> {
    const found = await experimentsIn(this.#root);
    return Promise.all(found.map(async ({ name, trials }) => ({ name, trials, claim: await this.#claimOf(name) })));
  }

  async open(experiment: string): Promise<Shown | undefined> {
    return (await this.#stored(experiment))?.shown();
  }

  async trial(experiment: string, id: string): Promise<StoredTrial | undefined> {
    return (await this.#stored(experiment))?.trial(id);
  }

  /** Read again when a page asks for it, but no more often than a share of the time allows. */
  async boards(): Promise<readonly Board[]> {
    const known = this.#boards;
    if (known && performance.now() < known.until) return known.boards;
    const began = performance.now();
    const boards: Board[] = [];
    for (const { name } of await experimentsIn(this.#root)) {
      try {
        boards.push(...boardsOf(await loadReport(this.#root, name, this.#findBuiltIn)));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error; // it has no trials, and so no board
      }
    }
    const now = performance.now();
    this.#boards = { boards, until: now + rest * (now - began) };
    return boards;
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
