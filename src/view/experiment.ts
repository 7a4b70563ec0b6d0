/** Shows an experiment of a store: reads it again and again as long as somebody looks, and says when something changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FindBuiltIn, type OpenedTrials, openTrials } from '../report/load.ts';
import type { Store } from '../store/store.ts';
import { bySetting } from '../summary/origins.ts';
import type { Eye } from './eye.ts';
import { panelOf } from './panel.ts';
import type { Shown } from './source.ts';
import { type Seen, wallOf } from './summary.ts';
import { type Unfinished, UnfinishedTrials } from './unfinished.ts';
import { unfinishedTrial } from './unfinished-trial.ts';
import type { Panel, Wall } from './wire.ts';

/** Milliseconds between two looks at the store, and at least so many times as long as a look takes. */
const lookEvery = 1_000;
const rest = 20;
/** Panels that are kept. */
const mostPanels = 400;

export class StoredExperiment implements Shown {
  readonly #root: string;
  readonly #store: Store;
  readonly #findBuiltIn: FindBuiltIn;
  readonly #unfinished: UnfinishedTrials;
  readonly #watchers = new Set<() => void>();
  /** By id and version. */
  readonly #panels = new Map<string, Promise<Panel>>();
  readonly #eye: Eye;
  #looking = false;
  #opened: OpenedTrials | undefined;
  #seen: ReadonlyMap<string, Seen> = new Map();
  #atWork: ReadonlyMap<string, Unfinished> = new Map();
  #signature = '';
  #wall: Wall | undefined;
  version = 0;

  constructor(root: string, store: Store, findBuiltIn: FindBuiltIn, eye: Eye) {
    this.#eye = eye;
    this.#root = root;
    this.#store = store;
    this.#findBuiltIn = findBuiltIn;
    this.#unfinished = new UnfinishedTrials(store);
  }

  wall(): Wall {
    if (this.#opened === undefined) throw new Error('internal: a wall was asked for before the store was read');
    const { experiment, about, problems, kinds } = this.#opened;
    this.#wall ??= wallOf({ experiment, claim: about?.claim ?? '', problems }, [...this.#seen.values()], kinds);
    return this.#wall;
  }

  async panel(id: string): Promise<Panel | undefined> {
    const seen = this.#seen.get(id);
    if (seen === undefined || this.#opened === undefined) return undefined;
    const key = `${id} ${seen.version}`;
    const { kinds } = this.#opened;
    const work = this.#atWork.get(id);
    const panel = this.#panels.get(key) ?? panelOf(seen, kinds.columns, work && this.#eye.look(work));
    this.#panels.delete(key);
    this.#panels.set(key, panel);
    const [oldest] = this.#panels.keys();
    if (this.#panels.size > mostPanels && oldest !== undefined) this.#panels.delete(oldest);
    return panel;
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    if (!this.#looking) void this.#lookOn();
    return () => void this.#watchers.delete(changed);
  }

  /** Reads what changed in the store. */
  async look(): Promise<void> {
    const opened = await openTrials(this.#root, this.#store, this.#findBuiltIn);
    const finished = new Set(opened.trials.map(({ record: { id } }) => id));
    const unfinished = await this.#unfinished.find(finished, () => knownSpecs(opened));
    const seen = [...opened.trials.map(ended), ...unfinished.map((one) => atWork(one, opened))];
    const signature = [...seen.map(({ trial, version }) => `${trial.record.id} ${version}`), ...opened.problems].join(
      '\n',
    );
    if (this.#opened !== undefined && signature === this.#signature) return;
    this.#opened = opened;
    this.#signature = signature;
    this.#seen = new Map(seen.map((one) => [one.trial.record.id, one]));
    this.#atWork = new Map(unfinished.map((one) => [one.id, one]));
    this.#wall = undefined;
    this.version++;
    for (const changed of this.#watchers) changed();
  }

  async #lookOn(): Promise<void> {
    this.#looking = true;
    while (this.#watchers.size > 0) {
      const began = performance.now();
      await this.look().catch(() => {}); // a store that cannot be read just now is read again
      const took = performance.now() - began;
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
