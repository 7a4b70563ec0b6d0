/**
 * A coordinator in a process of its own, for benchmarks and tests: `{ store, count, jobs, every, url? }` as JSON on
 * the command line. It runs that many trials of grid25, locally or on the queue at `url`, and prints a line of JSON at every
 * `every`th ended one, and at last. With --expose-gc the memory that it tells is what is left after a collection.
 */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import type { TrialEvent } from '../../src/launch/events.ts';
import { launch } from '../../src/launch/local/launch.ts';
import { openStore } from '../../src/store/store.ts';

export interface CoordinatorWork {
  /** The store's root. */
  readonly store: string;
  /** Trials: seeds of gan. 0 plans nothing. */
  readonly count: number;
  /** Worker processes of a local launch; a queue's are started elsewhere. */
  readonly jobs: number;
  readonly every: number;
  /** A queue's address. */
  readonly url?: string;
}

/** What a line says. */
export interface CoordinatorLine {
  /** Trials that have ended, or were found in the store. */
  readonly ended: number;
  /** Seconds since the process began. */
  readonly seconds: number;
  readonly rss: number;
  /** Bytes of objects that are in use: what a leak would add to. */
  readonly heap: number;
  /** Of the last line alone: how many records the run returned. */
  readonly records?: number;
}

/** The version under which coordinator and workers of a benchmark meet. */
const version = { code: 'scale', commit: '' };

const words = process.argv[2];
if (words !== undefined) await coordinate(JSON.parse(words) as CoordinatorWork); // written by our own parent

async function coordinate({ store: root, count, jobs, every, url }: CoordinatorWork): Promise<void> {
  const worker = [fileURLToPath(new URL('./scale-tiny.js', import.meta.url))] as const;
  const request = { seeds: String(Math.max(1, count)), methods: 'gan', preset: 'smoke', set: [], sweep: [] };
  const { trials } = planTrials(await loadExperiment('grid25'), request);
  const plan = trials.slice(0, count);
  const store = openStore(root, 'grid25');
  let ended = 0;
  const onEvent = ({ kind }: { readonly kind: string }): void => {
    if (kind !== 'ended' && kind !== 'found') return;
    ended += 1;
    if (ended % every === 0 && kind === 'ended') say(ended);
  };
  const { signal } = new AbortController();
  const common = { known: new Map(), engine: 'onnx', data: root, failFast: false, signal } as const;
  const work = async () => {
    if (url === undefined)
      return launch(plan, store, { ...common, jobs, device: 'cpu', worker }, (event: TrialEvent) => onEvent(event));
    const { parseAddress } = await import('../../src/launch/redis/address.ts');
    const { openConnection } = await import('../../src/launch/redis/connection.ts');
    const { launchQueued } = await import('../../src/launch/redis/launch.ts');
    const connection = await openConnection(parseAddress(url));
    try {
      return await launchQueued(plan, store, { ...common, connection, version, fresh: false }, onEvent);
    } finally {
      connection.close();
    }
  };
  const { records } = await work();
  say(ended, records.length);
}

function say(ended: number, records?: number): void {
  globalThis.gc?.();
  const line: CoordinatorLine = {
    ...{
      ended,
      seconds: performance.now() / 1e3,
      rss: process.memoryUsage.rss(),
      heap: process.memoryUsage().heapUsed,
    },
    ...(records !== undefined && { records }),
  };
  writeSync(1, `${JSON.stringify(line)}\n`);
}
