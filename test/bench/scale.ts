/** `bench -- scale`: what launching costs. Real trials for the cores' efficiency, trials that train nothing for the rest. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { launch } from '../../src/launch/local/launch.ts';
import { openStore } from '../../src/store/store.ts';
import { ended, noRedis, ownRedis } from './own-redis.ts';
import { type Quiet, QuietCheck } from './quiet.ts';
import type { CoordinatorLine } from './scale-coordinator.ts';
import { coordinator, queueWorker } from './scale-processes.ts';

export interface ScaleOptions {
  /** Turns of jobs 1 and 2, and of the launch here and the queue. */
  readonly rounds: number;
  /** Training steps of a real trial. */
  readonly steps: number;
  /** Trials that train nothing, for memory and resuming. */
  readonly trials: number;
  /** The compiled tree and the project's folder. */
  readonly tree: string;
  readonly root: string;
  readonly tell: (line: string) => void;
}

/** A list has a value a round. */
export interface ScaleResult {
  readonly steps: number;
  /** Trials a minute of real trials, by worker processes at once. */
  readonly rates: Readonly<Record<1 | 2, readonly number[]>>;
  /** Milliseconds a trial that trains nothing takes, one at a time; why there is no queue where it is a text. */
  readonly here: readonly number[];
  readonly queue: readonly number[] | string;
  /** The coordinator's resident memory after a collection, by trials that had ended. */
  readonly memory: readonly Pick<CoordinatorLine, 'ended' | 'rss'>[];
  /** Seconds that the whole command takes where every trial is in the store. */
  readonly resume: { readonly trials: number; readonly seconds: number };
  readonly quiet: Quiet;
}

/** Real trials of a run, besides those that end first and are not counted. */
const counted = 6;
/** Trials that train nothing in a run of which the time is taken. */
const tiny = 300;

export async function benchScale(options: ScaleOptions): Promise<ScaleResult> {
  const { rounds, steps, trials, tree, root, tell } = options;
  const folder = await mkdtemp(join(tmpdir(), 'modebench-scale-'));
  const check = new QuietCheck();
  try {
    const rates: Record<1 | 2, number[]> = { 1: [], 2: [] };
    for (let round = 0; round < rounds; round++) {
      tell(`round ${round + 1} of ${rounds}: real trials, one and two at once`);
      for (const jobs of [1, 2] as const)
        rates[jobs].push(await trialsAMinute(join(folder, `${jobs}-${round}`), jobs, steps));
      check.probe();
    }
    const [here, queue] = await overheads(folder, options, () => check.probe());
    tell(`${trials} trials that train nothing, for the coordinator's memory`);
    const store = join(folder, 'many');
    const every = Math.max(1, Math.floor(trials / 10));
    const lines = await coordinator(tree, { store, count: trials, jobs: 2, every });
    tell('the same command again');
    const memory = lines.filter(({ records }) => records === undefined).map(({ ended, rss }) => ({ ended, rss }));
    const resume = { trials, seconds: await secondsToFind(root, store, trials) };
    return { steps, rates, here, queue, memory, resume, quiet: check.verdict() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From when every process has compiled its steps and ended one trial. */
async function trialsAMinute(store: string, jobs: number, steps: number): Promise<number> {
  const request = { seeds: String(counted + jobs), methods: 'bigan-pgp', sweep: [] };
  const set = [`training.steps=${steps}`, `evaluation.every=${steps}`];
  const { trials } = planTrials(await loadExperiment('grid25'), { ...request, set });
  const ends: number[] = [];
  const { signal } = new AbortController();
  const options = {
    known: new Map(),
    engine: 'onnx',
    device: 'cpu',
    data: store,
    jobs,
    failFast: false,
    signal,
  } as const;
  await launch(
    trials,
    openStore(store, 'grid25'),
    options,
    ({ kind }) => kind === 'ended' && ends.push(performance.now()),
  );
  const [first, last] = [ends[jobs - 1], ends.at(-1)];
  if (first === undefined || last === undefined) throw new Error('trials of the benchmark did not end');
  return (60e3 * (ends.length - jobs)) / (last - first);
}

/** Here and on the queue in turns, one worker process each. */
async function overheads(
  folder: string,
  { rounds, tree, root, tell }: ScaleOptions,
  between: () => void,
): Promise<[number[], number[] | string]> {
  const here: number[] = [];
  const server = noRedis === undefined ? await ownRedis(folder) : undefined;
  const worker = server && queueWorker(root, tree, server.url, folder);
  const queue: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      tell(`round ${round + 1} of ${rounds}: ${tiny} trials that train nothing, here and on a queue`);
      const work = { count: tiny, jobs: 1, every: 20 };
      here.push(pace(await coordinator(tree, { ...work, store: join(folder, `here-${round}`) })));
      if (server)
        queue.push(pace(await coordinator(tree, { ...work, store: join(folder, `queue-${round}`), url: server.url })));
      between();
    }
  } finally {
    if (worker) await ended(worker);
    await server?.stop();
  }
  return [here, noRedis ?? queue];
}

/** Milliseconds a trial, from the first line to the last of those that count trials. */
function pace(lines: readonly CoordinatorLine[]): number {
  const marks = lines.filter(({ records }) => records === undefined);
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || first === last) throw new Error('a coordinator of the benchmark ended too few trials');
  return (1e3 * (last.seconds - first.seconds)) / (last.ended - first.ended);
}

async function secondsToFind(root: string, store: string, trials: number): Promise<number> {
  const words = ['exp', 'grid25', '--preset', 'smoke', '--methods', 'gan', '--seeds', String(trials)];
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/modebench.mjs', ...words, '--store', store, '--quiet'], {
    cwd: root,
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the command ended with exit code ${code}`);
  return (performance.now() - started) / 1e3;
}
