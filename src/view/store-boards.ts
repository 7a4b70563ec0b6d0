/**
 * Makes the boards of a store's experiments for the leaderboard. An experiment is read again where a file of it changed, and
 * pages are answered between two of them. Searches have no board: their draws are no methods to compare.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '../base/usage-error.ts';
import { type Board, boardsOf } from '../report/leaderboard/standings.ts';
import { type FindBuiltIn, loadReport } from '../report/load.ts';
import { experimentsIn, stampOfExperiment } from '../store/experiments-in.ts';
import { isSearch } from '../store/search-file.ts';

interface Known {
  readonly stamp: string;
  readonly boards: readonly Board[];
}

export class StoreBoards {
  readonly #root: string;
  readonly #findBuiltIn: FindBuiltIn;
  #known: ReadonlyMap<string, Known> = new Map();
  #all: readonly Board[] = [];
  #reading: Promise<readonly Board[]> | undefined;

  constructor(root: string, findBuiltIn: FindBuiltIn) {
    this.#root = root;
    this.#findBuiltIn = findBuiltIn;
  }

  /** The same list as before where nothing changed. Who asks while it is being read waits for the same reading. */
  read(): Promise<readonly Board[]> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<readonly Board[]> {
    const known = new Map<string, Known>();
    for (const { name } of await experimentsIn(this.#root)) {
      if (isSearch(join(this.#root, name))) continue;
      try {
        known.set(name, await this.#one(name));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error; // it has no trials, and so no board
      }
      await setImmediate();
    }
    const boards = [...known.values()].flatMap((one) => one.boards);
    this.#known = known;
    if (boards.length !== this.#all.length || boards.some((board, at) => board !== this.#all[at])) this.#all = boards;
    return this.#all;
  }

  async #one(name: string): Promise<Known> {
    const before = this.#known.get(name);
    const stamp = await stampOfExperiment(join(this.#root, name)); // before it is read: what is written meanwhile is read next time
    if (before?.stamp === stamp) return before;
    return { stamp, boards: boardsOf(await loadReport(this.#root, name, this.#findBuiltIn)) };
  }
}
