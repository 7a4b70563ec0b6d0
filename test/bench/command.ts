/** `bench -- command`: where the time of a whole `exp grid25 --methods bigan-pgp --seeds 1` goes, from shell to CSV. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { drawsOf } from '../../src/methods/method.ts';
import { decodeRecord, type TrialRecord } from '../../src/store/record.ts';
import { makeBatches } from '../../src/trial/batches.ts';
import { stepsPerRun } from '../../src/trial/setup.ts';
import { type Quiet, QuietCheck } from './quiet.ts';
import { type Spread, spread } from './statistics.ts';

export interface CommandOptions {
  /** Training steps; absent for the experiment's own. */
  readonly steps?: number;
  readonly root: string;
  readonly tell: (line: string) => void;
}

export interface CommandResult {
  readonly command: string;
  /** Seconds that `--help` takes, from the shell's side. */
  readonly help: Spread;
  readonly steps: number;
  /** Seconds of the whole command. */
  readonly wall: number;
  /** Seconds of the trial in its worker, and where they went. Batches are drawn within `train`. */
  readonly trial: number;
  readonly timings: TrialRecord['timings'];
  /** The command's time outside of its trial: Node, imports, the plan, the worker's start, the tables. */
  readonly startUp: number;
  /** Seconds that drawing the batches takes, measured by itself for as many steps. */
  readonly draws: number;
  /** Share of the trial's time that is not the compiled step: 1 − (train − draws) / trial. */
  readonly aroundStep: number;
  /** The same share of the trial's time without capture and compilation, which a method costs once a worker. */
  readonly aroundStepOnceCompiled: number;
  readonly workerMaxRssBytes: number;
  readonly quiet: Quiet;
}

const helpRuns = 5;

export async function benchCommand({ steps, root, tell }: CommandOptions): Promise<CommandResult> {
  const check = new QuietCheck();
  check.probe();
  tell('--help');
  // Once more than counted: the first may have to compile the sources.
  const helps: number[] = [];
  for (let run = 0; run <= helpRuns; run++) helps.push((await timed(root, ['--help'])).seconds);
  check.probe();

  const store = mkdtempSync(join(tmpdir(), 'modebench-'));
  try {
    const words = ['exp', 'grid25', '--methods', 'bigan-pgp', '--seeds', '1', '--jobs', '1'];
    const own = [
      '--store',
      store,
      '--json',
      '--quiet',
      ...(steps === undefined ? [] : ['--set', `training.steps=${steps}`]),
    ];
    tell(words.join(' '));
    const { seconds: wall, output } = await timed(root, [...words, ...own]);
    check.probe();
    // The document of src/cli/exp/json.ts.
    const { outcome } = JSON.parse(output) as { outcome: { workerMaxRssBytes: number } };
    const record = onlyRecord(store);
    tell('drawing the batches');
    const draws = drawingSeconds(record);
    check.probe();
    const { timings, wallSeconds: trial } = record;
    const step = timings.train - draws;
    return {
      command: `npm run exp -- ${words.slice(1).join(' ')}`,
      help: spread(helps.slice(1)),
      steps: record.steps,
      wall,
      trial,
      timings,
      startUp: wall - trial,
      draws,
      aroundStep: 1 - step / trial,
      aroundStepOnceCompiled: 1 - step / (trial - timings.capture - timings.compile),
      workerMaxRssBytes: outcome.workerMaxRssBytes,
      quiet: check.verdict(),
    };
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

/** Runs the project's command line as npm does, without npm. Throws what it said last where it fails. */
async function timed(root: string, words: readonly string[]): Promise<{ seconds: number; output: string }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/modebench.mjs'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${words.join(' ')} failed: ${complaints.trim().split('\n').at(-1)}`);
  return { seconds: (performance.now() - started) / 1e3, output };
}

function onlyRecord(store: string): TrialRecord {
  const trials = join(store, 'grid25/trials');
  const [folder] = readdirSync(trials).filter((name) => name.startsWith('bigan-pgp-s0-'));
  if (folder === undefined) throw new Error(`the command left no trial in ${trials}`);
  return decodeRecord(readFileSync(join(trials, folder, 'trial.json'), 'utf8'));
}

/** For the trial's own draws, in this process; the first ones, before the compiler has seen the code, count as there. */
function drawingSeconds({ spec, steps }: TrialRecord): number {
  const count = stepsPerRun(spec, builtIn.nets(spec.nets));
  const data = builtIn.data(spec.data);
  if (data.form === 'pictures') throw new Error('internal: the command is timed on points');
  const draws = drawsOf(builtIn.method(spec.method));
  const batches = makeBatches(spec, data.open(spec.data, ''), count, draws);
  const started = performance.now();
  for (let step = 0; step < steps; step += count) batches.draw(step);
  return (performance.now() - started) / 1e3;
}
