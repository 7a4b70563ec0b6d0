/** What it costs to watch a run: processor seconds of `exp --watch` with a page open, beside those of the same run unwatched. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratios, type Spread, spread } from './statistics.ts';

export interface WatchResult {
  readonly steps: number;
  /** Processor seconds of a run: of all its processes, and of the worker that trains. */
  readonly unwatched: Spread;
  readonly watched: Spread;
  /** Watched over unwatched, round by round. */
  readonly ratio: Spread;
  readonly workerRatio: Spread;
  /** Seconds that watching takes of the process that coordinates, and of the worker. */
  readonly coordinatorMore: Spread;
  readonly workerMore: Spread;
  /** Pictures that the page was sent in a run. */
  readonly pictures: Spread;
}

export interface WatchOptions {
  readonly rounds: number;
  readonly steps: number;
  readonly root: string;
  readonly tell: (line: string) => void;
}

export async function benchWatch({ rounds, steps, root, tell }: WatchOptions): Promise<WatchResult> {
  const taken: Run[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // In turns: which goes first alternates.
    for (const isWatched of round % 2 === 0 ? [false, true] : [true, false]) {
      const run = await oneRun({ steps, root, isWatched });
      taken[Number(isWatched)]?.push(run);
      tell(
        `round ${round + 1}: ${isWatched ? 'watched' : 'unwatched'} ${run.seconds.toFixed(2)} s, of which the worker ${run.worker.toFixed(2)} s, ${run.pictures} pictures`,
      );
    }
  }
  const [unwatched = [], watched = []] = taken;
  const secondsOf = (runs: readonly Run[]) => runs.map(({ seconds }) => seconds);
  const workerOf = (runs: readonly Run[]) => runs.map(({ worker }) => worker);
  const more = (part: (run: Run) => number) =>
    spread(watched.flatMap((run, at) => unwatched.slice(at, at + 1).map((other) => part(run) - part(other))));
  return {
    steps,
    unwatched: spread(secondsOf(unwatched)),
    watched: spread(secondsOf(watched)),
    ratio: spread(ratios(secondsOf(watched), secondsOf(unwatched))),
    workerRatio: spread(ratios(workerOf(watched), workerOf(unwatched))),
    coordinatorMore: more(({ seconds, worker }) => seconds - worker),
    workerMore: more(({ worker }) => worker),
    pictures: spread(watched.map(({ pictures }) => pictures)),
  };
}

interface Run {
  readonly seconds: number;
  readonly worker: number;
  readonly pictures: number;
}

function oneRun({
  steps,
  root,
  isWatched,
}: Pick<WatchOptions, 'steps' | 'root'> & { readonly isWatched: boolean }): Promise<Run> {
  const store = mkdtempSync(join(tmpdir(), 'modebench-watch-'));
  const set = ['--set', `training.steps=${steps}`, '--set', 'evaluation.every=400'];
  const words = ['exp', 'ring8', '--seeds', '1', '--methods', 'bigan-pgp', ...set, '--quiet', '--store', store];
  const command = [process.execPath, join(root, 'bin/modebench.mjs'), ...words, ...(isWatched ? ['--watch'] : [])];
  let pictures = 0;
  const env = { ...process.env, NODE_OPTIONS: `--import=${accountFor(store)}` };
  return new Promise((resolve, reject) => {
    // The shell adds up the time of the processes that it waited for, and of those that they did.
    const child = execFile('bash', ['-c', '"$@" >&2; times', 'bash', ...command], { env }, (error, stdout) => {
      const coordinator = error ? 0 : Number(readFileSync(join(store, 'coordinator-seconds'), 'utf8'));
      rmSync(store, { recursive: true, force: true });
      const seconds = childSeconds(stdout);
      if (error) reject(error);
      else resolve({ seconds, worker: seconds - coordinator, pictures });
    });
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
      const address = /Live page: (\S+)\n/.exec(said)?.[1];
      if (address === undefined) return;
      said = '';
      openPage(address, () => pictures++);
    });
  });
}

/** A module that has the coordinator write its processor seconds into a folder when it ends; the rest is the worker's, which is killed. */
function accountFor(folder: string): string {
  const code = `import { writeFileSync } from 'node:fs';
    if (process.argv[1]?.endsWith('modebench.mjs')) process.on('exit', () => {
      const { user, system } = process.cpuUsage();
      writeFileSync(${JSON.stringify(join(folder, 'coordinator-seconds'))}, String((user + system) / 1e6));
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** The second line of the shell's `times`: user and system time of its children. */
function childSeconds(stdout: string): number {
  const [, line = ''] = stdout.trim().split('\n');
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

/** Reads what a page reads: the changes, and a trial's picture whenever its row says that there is a new one. */
function openPage(address: string, gotPicture: () => void): void {
  const [base = '', experiment = ''] = address.split('#/');
  let version = '';
  get(`${base}changes/${experiment}`, (answer) => {
    let text = '';
    answer.on('error', () => {}).setEncoding('utf8');
    answer.on('data', (part: string) => {
      text = (text + part).slice(-200_000);
      const [, id, found] = [...text.matchAll(/"id":"([^"]+)"[^{}]*?"version":"([^"]+)"/g)].at(-1) ?? [];
      if (id === undefined || found === undefined || found === version) return;
      version = found;
      get(`${base}panel/${experiment}/${id}`, (panel) => panel.resume().on('end', gotPicture)).on('error', () => {});
    });
  }).on('error', () => {});
}

/** A few lines for the terminal. */
export function watchText(result: WatchResult): string {
  const { steps, unwatched, watched, ratio, workerRatio, coordinatorMore, workerMore, pictures } = result;
  const seconds = ({ median }: Spread) => `${median.toFixed(2)} s`;
  const difference = ({ median, lowest, highest }: Spread) =>
    `${median.toFixed(2)} s (from ${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
  const more = (value: number) => `${(100 * (value - 1)).toFixed(1)} %`;
  return [
    `ring8, bigan-pgp, ${steps} steps: processor time ${seconds(unwatched)} unwatched, ${seconds(watched)} watched`,
    `watching takes ${more(ratio.median)} more (rounds from ${more(ratio.lowest)} to ${more(ratio.highest)}), of the worker ${more(workerRatio.median)} (from ${more(workerRatio.lowest)} to ${more(workerRatio.highest)}); ${pictures.median} pictures a run`,
    `the coordinator takes ${difference(coordinatorMore)} more, the worker ${difference(workerMore)}`,
  ].join('\n');
}
