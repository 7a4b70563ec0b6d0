/** What tests of a launch share: real worker processes of the compiled tree, trials, a store, what was told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { compileTree } from '../../bin/compile.mjs';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import type { LaunchEvent } from '../../src/launch/events.ts';
import { type LaunchOptions, launch } from '../../src/launch/local/launch.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { recordOf, specOf } from '../cli/records.ts';

/** The compiled tree, of which worker processes are started. */
export const tree = await compileTree(fileURLToPath(new URL('../..', import.meta.url)));

/** URL of a module of trials/, whose `runTrial` takes the place of training. */
export const trialUrl = (name: string): string => new URL(`./trials/${name}.mjs`, import.meta.url).href;

/** A trial of gan that differs in its seed. */
export function planned(seed: number): PlannedTrial {
  const spec = specOf('gan', seed);
  const { id, hash } = recordOf(spec, {});
  return { id, hash, spec, preset: 'default', varied: [] };
}

/** What a lane is opened with: worker processes, and the trials' module. */
export const laneOptions = (root: string, module: string) => ({
  ...({ engine: 'onnx', device: 'cpu' } as const),
  data: join(root, 'data'),
  worker: join(tree, 'src/launch/local/worker.js'),
  module: trialUrl(module),
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
export async function launched({ store }: Setting, seeds: readonly number[], options: LaunchOptions) {
  const events: LaunchEvent[] = [];
  const outcome = await launch(seeds.map(planned), store, options, (event) => void events.push(event));
  const kinds = (seed: number) =>
    events.filter(({ trial, kind }) => trial.spec.seed === seed && kind !== 'progress').map(({ kind }) => kind);
  return { outcome, events, kinds };
}
