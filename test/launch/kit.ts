/** What tests of a launch share: real worker processes of the compiled tree, trials, a store, what was told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { compileTree } from '../../bin/compile.mjs';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import type { TrialEvent } from '../../src/launch/events.ts';
import { type LocalOptions, launch } from '../../src/launch/local/launch.ts';
import type { WorkerCommand } from '../../src/launch/local/worker-process.ts';
import { knownRecords } from '../../src/launch/settled.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { recordOf, specOf } from '../cli/records.ts';

/** The compiled tree, of which worker processes are started. */
export const tree = await compileTree(fileURLToPath(new URL('../..', import.meta.url)));

const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A worker whose trials are those of a module of trials/. */
export const workerOf = (name: string): WorkerCommand => [
  fileAt('./trial-worker.mjs'),
  tree,
  fileAt(`./trials/${name}.mjs`),
];

/** A trial of gan that differs in its seed. */
export function planned(seed: number): PlannedTrial {
  const spec = specOf('gan', seed);
  const { id, hash } = recordOf(spec, {});
  return { id, hash, spec, preset: 'default', varied: [] };
}

/** What a pool worker is made with. @param trial a module of trials/, whose `runTrial` takes the place of training. */
export const poolOptions = (root: string, trial: string) => ({
  ...({ engine: 'onnx', device: 'cpu' } as const),
  data: join(root, 'data'),
  worker: workerOf(trial),
  signal: new AbortController().signal,
});

export interface Setting {
  readonly root: string;
  readonly store: Store;
}

/** A store of its own for every test of the file that calls this. */
export function freshStores(): Setting {
  let root = '';
  let store: Store | undefined;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'modebench-launch-'));
    store = openStore(root, 'test');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  return {
    get root() {
      return root;
    },
    get store() {
      if (store === undefined) throw new Error('a store is there while a test runs');
      return store;
    },
  };
}

/** Launches trials of these seeds and keeps what was told. */
export async function launched({ store }: Setting, seeds: readonly number[], options: Omit<LocalOptions, 'known'>) {
  const events: TrialEvent[] = [];
  const trials = seeds.map(planned);
  const known = await knownRecords(trials, store);
  const outcome = await launch(trials, store, { ...options, known }, (event) => void events.push(event));
  const kinds = (seed: number) =>
    events.filter(({ trial, kind }) => trial.spec.seed === seed && kind !== 'progress').map(({ kind }) => kind);
  return { outcome, events, kinds };
}
