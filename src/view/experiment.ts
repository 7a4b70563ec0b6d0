/** Shows an experiment of a store: reads it again and again as long as somebody looks, and says when something changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { processorTime } from '../base/processor-time.ts';
import { type FindBuiltIn, type OpenedTrials, openTrials } from '../report/load.ts';
import { stampOfExperiment } from '../store/experiments-in.ts';
import type { Store } from '../store/store.ts';
import { bySetting } from '../summary/origins.ts';
import { Board } from './board.ts';
import type { Eye } from './eye.ts';
import type { StoredTrial } from './play/subject.ts';
import type { Shown } from './source.ts';
import type { Seen, Told } from './summary.ts';
import { type Unfinished, UnfinishedTrials } from './unfinished.ts';
import { unfinishedTrial } from './unfinished-trial.ts';

/** Milliseconds between two looks at the store, and at least so many times as long as a look takes. */
const lookEvery = 1_000;
const rest = 20;
/** Of the time, for telling those who look. */
const share = 0.1;

export class StoredExperiment {
  readonly #root: string;
  readonly #store: Store;
  readonly #findBuiltIn: FindBuiltIn;
  readonly #eye: Eye;
  readonly #unfinished: UnfinishedTrials;
  #atWork: ReadonlyMap<string, Unfinished> = new Map();
  #board: Board | undefined;
  #looking = false;
  #signature = '';
  #stamp = '';

  constructor(root: string, store: Store, findBuiltIn: FindBuiltIn, eye: Eye) {
    this.#eye = eye;
    this.#root = root;
    this.#store = store;
    this.#findBuiltIn = findBuiltIn;
    this.#unfinished = new UnfinishedTrials(store);
  }

  /** What the store has of it, as long as somebody watches. */
  async shown(): Promise<Shown> {
    const board = this.#board ?? (await this.#look());
    return {
      get version() {
        return board.version;
      },
      wall: () => board.wall(),
      panel: (id) => board.panel(id),
      film: (id) => board.film(id),
      curves: (id) => board.curves(id),
      watch: (changed) => {
        const stop = board.watch(changed);
        if (!this.#looking) void this.#lookOn(board);
        return stop;
      },
    };
  }

  /** Its spec, and where its networks lie. */
  async trial(id: string): Promise<StoredTrial | undefined> {
    const board = this.#board ?? (await this.#look());
    const seen = board.get(id);
    return seen && { spec: seen.trial.record.spec, folder: this.#store.folder(id) };
  }

  /** Reads what changed in the store. */
  async #look(): Promise<Board> {
    const stamp = await stampOfExperiment(this.#store.path);
    // A table has nothing at work, and all its specs would be resolved again.
    if (this.#board && this.#store.isTableOnly && stamp === this.#stamp) return this.#board;
    this.#stamp = stamp;
    const opened = await openTrials(this.#root, this.#store, this.#findBuiltIn);
    const finished = new Set(opened.trials.map(({ record: { id } }) => id));
    const unfinished = await this.#unfinished.find(finished, () => knownSpecs(opened));
    const seen = [...opened.trials.map(ended), ...unfinished.map((one) => atWork(one, opened))];
    const rows = seen.map(({ trial, version }) => `${trial.record.id} ${version}`);
    const signature = [...rows, ...opened.problems].join('\n');
    const { experiment, about, problems, kinds } = opened;
    const told: Told = { experiment, claim: about?.claim ?? '', problems };
    this.#atWork = new Map(unfinished.map((one) => [one.id, one]));
    this.#board ??= new Board(told, kinds, (id) => this.#pictureOf(id), share);
    if (signature !== this.#signature) this.#board.replace(seen, told, kinds);
    this.#signature = signature;
    return this.#board;
  }

  #pictureOf(id: string) {
    const work = this.#atWork.get(id);
    return work && this.#eye.look(work);
  }

  async #lookOn(board: Board): Promise<void> {
    this.#looking = true;
    while (board.isWatched) {
      const began = processorTime();
      await this.#look().catch(() => {}); // a store that cannot be read just now is read again
      const took = processorTime() - began;
      await sleep(Math.max(lookEvery, rest * took), undefined, { ref: false });
    }
    this.#looking = false;
  }
}

/** One of each setting. */
function knownSpecs({ trials, kinds }: OpenedTrials): object[] {
  const run = bySetting(trials, ({ record }) => record).flatMap(([, [first]]) => first?.record.spec ?? []);
  return [...kinds.declared.specs.values(), ...run];
}

function ended(trial: OpenedTrials['trials'][number]): Seen {
  const { status, steps, metrics, finishedAt } = trial.record;
  return { trial, state: status, step: steps, values: metrics, version: `${status} ${finishedAt}` };
}

function atWork({ id, spec, checkpoint, stepsPerSecond }: Unfinished, { kinds }: OpenedTrials): Seen {
  const { step, history, hash } = checkpoint;
  const known = { id, hash: hash.split(' ')[0] ?? '', spec, preset: 'default', varied: [], steps: step, history };
  return {
    trial: unfinishedTrial(known, kinds.truthOf(spec.data)),
    state: 'running',
    step,
    stepsPerSecond,
    values: history.at(-1)?.values ?? {},
    version: `running ${step}`,
  };
}
