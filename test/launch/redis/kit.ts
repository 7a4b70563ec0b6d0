/** What the queue's tests share: trials, stores, coordinators in this process, workers in this one and in others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { compileTree } from '../../../bin/compile.mjs';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import type { PlannedTrial } from '../../../src/experiment/plan.ts';
import type { Outcome, TrialEvent } from '../../../src/launch/events.ts';
import { parseAddress } from '../../../src/launch/redis/address.ts';
import { type Connection, openConnection } from '../../../src/launch/redis/connection.ts';
import { launchQueued, type QueuedOptions } from '../../../src/launch/redis/launch.ts';
import type { Version } from '../../../src/launch/redis/version.ts';
import { type ServeOptions, serve } from '../../../src/launch/redis/worker.ts';
import { knownRecords } from '../../../src/launch/settled.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { recordOf, specOf } from '../../cli/records.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const tree = await compileTree(project);

export const version: Version = { code: 'test', commit: 'abc' };
const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export function planned(seed: number, spec: ResolvedSpec = specOf('gan', seed)): PlannedTrial {
  const { id, hash } = recordOf(spec, {});
  return { id, hash, spec, preset: 'default', varied: ['training.batch'] };
}

/** A folder that goes with the test. */
export function scratch(name = 'queue'): string {
  const folder = mkdtempSync(join(tmpdir(), `modebench-test-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A folder that goes with the file's tests. */
export function sharedScratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-test-queue-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export const newStore = (): Store => openStore(scratch('store'), 'grid25');

export async function linked(url: string): Promise<Connection> {
  const connection = await openConnection(parseAddress(url));
  onTestFinished(() => connection.close());
  return connection;
}

/** What workers are given besides a connection: three seconds without a sign of life, and a folder for the trials' log. */
export type WorkerOptions = Omit<ServeOptions, 'connection' | 'signal' | 'tell'>;
export const workerOptions = (trial: string, change: Partial<WorkerOptions> = {}): WorkerOptions => ({
  ...{ version, engine: 'onnx', device: 'cpu', jobs: 1, data: scratch('log'), lockMs: 3_000 },
  worker: [fileAt('../trial-worker.mjs'), tree, fileAt(`./trials/${trial}.mjs`)],
  ...change,
});

export interface TestWorker {
  readonly lines: readonly string[];
  stop(): Promise<void>;
  /** As it ended by itself. */
  readonly ended: Promise<unknown>;
}

/** In this process. */
export async function startWorker(url: string, options: WorkerOptions): Promise<TestWorker> {
  const connection = await linked(url);
  const stop = new AbortController();
  const lines: string[] = [];
  const serving = serve({ ...options, connection, signal: stop.signal, tell: (line) => void lines.push(line) });
  const ended = serving.then(
    () => undefined,
    (error: unknown) => error,
  );
  const end = async () => {
    stop.abort();
    await ended;
    connection.close();
  };
  onTestFinished(end);
  return { lines, stop: end, ended };
}

/** In a process of its own, which can be killed. */
export function spawnWorker(url: string, options: WorkerOptions): { child: ChildProcess; said: () => string } {
  const script = fileAt('./worker-process.mjs');
  const child = spawn(process.execPath, [script, tree, url, JSON.stringify(options)]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said: () => said };
}

export interface Launched {
  readonly outcome: Promise<Outcome>;
  readonly events: readonly TrialEvent[];
  /** Kinds of a trial's events, progress left out. */
  kinds(seed: number): string[];
  stop(): void;
}

/** A coordinator in this process. */
export async function launched(
  url: string,
  trials: readonly (number | PlannedTrial)[],
  store: Store,
  change: Partial<QueuedOptions> = {},
): Promise<Launched> {
  const connection = await linked(url);
  const stop = new AbortController();
  const events: TrialEvent[] = [];
  const plan = trials.map((trial) => (typeof trial === 'number' ? planned(trial) : trial));
  const options: QueuedOptions = {
    known: await knownRecords(plan, store),
    ...{ connection, version, engine: 'onnx', data: '/nowhere', fresh: false, failFast: false, signal: stop.signal },
    lookMs: 1_000,
    ...change,
  };
  const outcome = launchQueued(plan, store, options, (event) => void events.push(event));
  outcome.catch(() => {}); // awaited by the test, perhaps later
  return {
    outcome,
    events,
    kinds: (seed) =>
      events.filter(({ trial, kind }) => trial.spec.seed === seed && kind !== 'progress').map(({ kind }) => kind),
    stop: () => stop.abort(),
  };
}

export async function until<T>(find: () => T | undefined | false, seconds = 20): Promise<T> {
  for (let tries = 0; tries < seconds * 40; tries++) {
    const found = find();
    if (found) return found;
    await sleep(25);
  }
  throw new Error(`did not come true within ${seconds} s: ${find}`);
}

/** Lines `seed what pid` of the trials' log, without the process. */
export function logOf({ data }: Pick<WorkerOptions, 'data'>): string[] {
  mkdirSync(data, { recursive: true });
  if (!readdirSync(data).includes('log')) return [];
  const lines = readFileSync(join(data, 'log'), 'utf8').trim().split('\n');
  return lines.map((line) => line.replace(/ \d+$/, ''));
}

/** Everything that a store holds of its trials, by path, without what differs from run to run: host, times, stacks. */
export function contentOf(store: Store): Record<string, string> {
  const trials = join(store.path, 'trials');
  const files = readdirSync(trials).flatMap((id) => readdirSync(join(trials, id)).map((name) => join(id, name)));
  const content = files.sort().map((path) => [path, plain(readFileSync(join(trials, path), 'latin1'))] as const);
  return { 'trials.csv': plain(readFileSync(store.csv, 'utf8')), ...Object.fromEntries(content) };
}

const plain = (text: string): string =>
  text
    .replace(/\n {4}at .*/g, '')
    .replace(/"(host|finishedAt|checksum)": "[^"]*"/g, '"$1": ""')
    .replace(/"wallSeconds": [\d.]+/g, '"wallSeconds": 0')
    .replace(/,(done|failed),(\d+),[\d.]+,/g, ',$1,$2,0,');
