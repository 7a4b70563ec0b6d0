/** Shows a store: its experiments, each read when somebody first asks for it. */
import { faultOf } from '../base/one-line.ts';
import type { FindBuiltIn } from '../report/load.ts';
import { experimentsIn } from '../store/experiments-in.ts';
import { readMetadata } from '../store/metadata.ts';
import { openStore } from '../store/store.ts';
import { StoredExperiment } from './experiment.ts';
import { Eye } from './eye.ts';
import type { StoredTrial } from './play/subject.ts';
import type { Shown, Source } from './source.ts';
import type { ExperimentLine } from './wire.ts';

export class StoreSource implements Source {
  readonly #root: string;
  readonly #findBuiltIn: FindBuiltIn;
  readonly #eye = new Eye();
  readonly #open = new Map<string, StoredExperiment>();

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
