/**
 * One lane of a launch: a worker process, started when first needed and again when it died. It decides what a death or a
 * fault makes of a trial; which trials come next, claims and saving are the launch's.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { writeWhole } from '../../disk/files.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { TrialContext } from '../../trial/run-trial.ts';
import type { LaunchEvent } from '../events.ts';
import { failedRecord } from '../failed-record.ts';
import type { Answer, Errand } from './messages.ts';
import { startWorker, WorkerDied, type WorkerProcess } from './worker-process.ts';

export interface LaneOptions {
  readonly engine: TrialContext['engine'];
  readonly device: string;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** Path of the compiled worker entry. */
  readonly worker: string;
  /** URL of the module with `runTrial`. */
  readonly module: string;
  readonly signal: AbortSignal;
}

export interface Lane {
  /** Runs a trial to its record, be it `failed`; `undefined` where the signal or `yield` ended it first. Throws UsageError as the trial does. */
  run(trial: PlannedTrial, folder: string): Promise<TrialRecord | undefined>;
  /** The same for trials that train as one program; each settles by itself. */
  runStack(errands: readonly Errand[]): readonly Promise<TrialRecord | undefined>[];
  /** Has the trials at work write their checkpoints and end, which takes one run of training steps. */
  yield(): void;
  /** Kills the worker process at once. */
  stop(): Promise<void>;
  readonly maxRssBytes: number;
}

export function openLane(options: LaneOptions, onEvent: (event: LaunchEvent) => void): Lane {
  const { engine, device, data, module, signal } = options;
  let worker: WorkerProcess | undefined;
  let maxRssBytes = 0;
  /** Whether the assignment at work was told to yield. */
  let yielding = false;

  /** One attempt in a live worker. */
  function attempt(trials: readonly TrialAtWork[], stacked: boolean): readonly Promise<Answer>[] {
    if (!worker?.alive) worker = startWorker(options.worker);
    const errands = trials.map(({ errand }) => errand);
    return worker.run({ errands, stacked, context: { engine, device, data }, module }, (id, progress) => {
      const at = trials.find(({ errand }) => errand.trial.id === id);
      if (!at) return;
      at.steps = progress.step;
      onEvent({ kind: 'progress', trial: at.errand.trial, progress });
    });
  }

  /**
   * Trials whose process died are tried once more, each by itself: one of them may be what kills it. Its own fault is then
   * its own failure.
   */
  function begin(errands: readonly Errand[], stacked: boolean): readonly Promise<TrialRecord | undefined>[] {
    yielding = false;
    const trials = errands.map((errand) => ({ errand, started: performance.now(), steps: 0 }));
    const answers = makeReady(errands).then(() => (signal.aborted || yielding ? undefined : attempt(trials, stacked)));
    let turn: Promise<unknown> = Promise.resolve();

    async function again(trial: TrialAtWork): Promise<TrialRecord | undefined> {
      if (signal.aborted || yielding) return undefined;
      try {
        return await conclude(trial, await attempt([trial], stacked)[0]);
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        return signal.aborted ? undefined : failed(trial, `twice, ${error.message}`);
      }
    }

    return trials.map(async (trial, at) => {
      try {
        return await conclude(trial, await (await answers)?.[at]);
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        if (signal.aborted) return undefined;
        onEvent({ kind: 'died', trial: trial.errand.trial, reason: error.message });
        const mine = turn.then(() => again(trial));
        turn = mine.catch(() => {}); // whose turn is next does not depend on it
        return mine;
      }
    });
  }

  /** What an answer makes of a trial; none where the signal came first. */
  async function conclude(trial: TrialAtWork, answer: Answer | undefined): Promise<TrialRecord | undefined> {
    if (answer === undefined) return undefined;
    maxRssBytes = Math.max(maxRssBytes, answer.maxRssBytes);
    if (answer.kind === 'record') return answer.record;
    if (answer.kind === 'stopped') return undefined;
    if (answer.usage) throw new UsageError(answer.message);
    const trace = traceOf(trial.errand);
    await writeWhole(trace, `${answer.stack}\n`);
    onEvent({ kind: 'faulted', trial: trial.errand.trial, trace });
    return failed(trial, answer.message);
  }

  const failed = ({ errand, started, steps }: TrialAtWork, reason: string): TrialRecord => {
    const wallSeconds = (performance.now() - started) / 1000;
    return failedRecord(errand.trial, options, { reason, steps, wallSeconds }, new Date());
  };

  return {
    run: async (trial, folder) => begin([{ trial, folder }], false)[0],
    runStack: (errands) => begin(errands, true),
    yield: () => {
      yielding = true;
      worker?.yield();
    },
    stop: async () => worker?.stop(),
    get maxRssBytes() {
      return maxRssBytes;
    },
  };
}

interface TrialAtWork {
  readonly errand: Errand;
  /** By `performance.now()`. */
  readonly started: number;
  /** The last that was heard of. */
  steps: number;
}

const traceOf = ({ folder }: Errand): string => join(folder, 'error.txt');

async function makeReady(errands: readonly Errand[]): Promise<void> {
  for (const errand of errands) {
    await mkdir(errand.folder, { recursive: true });
    await rm(traceOf(errand), { force: true });
  }
}
