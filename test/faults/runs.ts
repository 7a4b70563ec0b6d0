/** Real runs of tiny trials for tests of faults, and what they leave behind, to be compared to the byte. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach } from 'vitest';
import { childrenOf, type Ended, plainEnvironment, projectRoot, scratch } from '../cli/run-cli.ts';
import { runHere } from '../cli/run-here.ts';

/** Small nets: some 3,000 steps a second. */
export const settings = (steps: number): string[] => [
  ...[`training.steps=${steps}`, 'training.batch=16', 'nets.hidden=[8]'],
  ...['evaluation.samples=100', 'evaluation.every=250'],
];

export const exp = (store: string, steps: number, ...more: string[]): string[] => [
  ...['exp', 'grid25', '--store', store, ...settings(steps).flatMap((one) => ['--set', one]), ...more],
];

/** Process groups that a test started; none outlives it. */
const groups = new Set<ChildProcess>();
afterEach(() => {
  for (const child of groups) killGroup(child, 'SIGKILL');
  groups.clear();
});

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed so far. */
  readonly said: { stdout: string; stderr: string };
}

export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  /** Words in front of `node bin/modebench.mjs …`, as a shell that sets a limit. */
  readonly under?: readonly string[];
}

/** The command line in a process group of its own, as a shell starts it. The group ends with the test. */
export function start(args: readonly string[], { env = {}, under = [] }: Setting = {}): Run {
  const [command = '', ...words] = [...under, process.execPath, 'bin/modebench.mjs', ...args];
  const child = spawn(command, words, { cwd: projectRoot, env: { ...plainEnvironment(), ...env }, detached: true });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  groups.add(child);
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { child, ended, said };
}

/** A whole command; one without a setting of its own needs no process. */
export const run = async (args: readonly string[], setting?: Setting): Promise<Ended> =>
  setting ? start(args, setting).ended : { ...(await runHere(...args)), signal: null };

/** A signal to all of a run's processes at once, as a terminal sends Ctrl-C. */
export function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // process.kill throws no other; it is over
  }
}

/** Whether none of its processes is left. */
export function isOver({ pid = 0 }: ChildProcess): boolean {
  try {
    return !process.kill(-pid, 0);
  } catch {
    return true;
  }
}

/** kill -9 of a worker of a run at work; nothing where it has none any more. Its compiler, which is a child too, is over by then. */
export function killWorker({ child }: Run): void {
  const [worker] = childrenOf(child.pid);
  if (worker !== undefined) process.kill(worker, 'SIGKILL');
}

/** Folders of the store's trials. */
export function trialFolders(store: string): string[] {
  const folder = join(store, 'grid25/trials');
  return existsSync(folder) ? readdirSync(folder).map((id) => join(folder, id)) : [];
}

/** Whether a trial has a checkpoint, which comes after two seconds, or is done, on a machine that needs no two seconds for one. */
export const isUnderWay = (store: string): boolean =>
  trialFolders(store).some((folder) => ['checkpoint', 'trial.json'].some((name) => existsSync(join(folder, name))));

/** Rows of trials.csv without the one column that differs from run to run. */
export function rowsOf(store: string): Record<string, string>[] {
  const text = readFileSync(join(store, 'grid25/trials.csv'), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows.map(({ wallSeconds: _, ...row }) => row);
}

/** Every file of the experiment by its path, hidden ones too: its content without times, host and commit. */
export function contents(store: string): Record<string, unknown> {
  const root = join(store, 'grid25');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => relative(root, join(parentPath, name))).sort();
  return Object.fromEntries(paths.map((path) => [path, contentOf(join(root, path), store)]));
}

/** What an undisturbed run leaves; made when it is first asked for. */
export function undisturbed(command: (store: string) => readonly string[]): () => Promise<Record<string, unknown>> {
  let made: Promise<Record<string, unknown>> | undefined;
  const make = async () => {
    const store = scratch();
    const { code, stderr } = await run(command(store));
    if (code !== 0) throw new Error(`an undisturbed run ended with ${code}: ${stderr}`);
    return contents(store);
  };
  return () => {
    made ??= make();
    return made;
  };
}

function contentOf(path: string, store: string): unknown {
  if (path.endsWith('trials.csv')) return rowsOf(store);
  const bytes = readFileSync(path);
  if (!path.endsWith('trial.json')) return createHash('sha256').update(bytes).digest('hex');
  const { wallSeconds, timings, finishedAt, host, commit, checksum, ...rest } = JSON.parse(bytes.toString('utf8'));
  return rest;
}
