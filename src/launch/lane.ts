/**
 * One lane of a launch: a worker process, started when first needed and again when it died. It decides what a death or a
 * fault makes of a trial; which trial comes next, claims and saving are the launch's.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../results/record.ts';
import { UsageError } from '../spec/usage-error.ts';
import type { TrialContext } from '../trial/run.ts';
import type { LaunchEvent } from './events.ts';
import { failedRecord } from './failed-record.ts';
import type { Answer } from './messages.ts';
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
  /** Has the trial at work write its checkpoint and end, which takes one step of training. */
  yield(): void;
  /** Kills the worker process at once. */
  stop(): Promise<void>;
  readonly maxRssBytes: number;
}

export function openLane(options: LaneOptions, onEvent: (event: LaunchEvent) => void): Lane {
  const { engine, device, data, module, signal } = options;
  let worker: WorkerProcess | undefined;
  let maxRssBytes = 0;

  /** One attempt in a live worker. */
  function attempt(trial: PlannedTrial, folder: string, onStep: (step: number) => void): Promise<Answer> {
    if (!worker?.alive) worker = startWorker(options.worker);
    return worker.run({ trial, context: { engine, device, data, folder }, module }, (progress) => {
      onStep(progress.step);
      onEvent({ kind: 'progress', trial, progress });
    });
  }

  async function run(trial: PlannedTrial, folder: string): Promise<TrialRecord | undefined> {
    const trace = join(folder, 'error.txt');
    const started = performance.now();
    let steps = 0;
    const fail = (reason: string) =>
      failedRecord(trial, options, { reason, steps, wallSeconds: (performance.now() - started) / 1000 }, new Date());
    await mkdir(folder, { recursive: true });
    await rm(trace, { force: true });
    for (let deaths = 0; !signal.aborted; ) {
      try {
        const answer = await attempt(trial, folder, (step) => {
          steps = step;
        });
        maxRssBytes = Math.max(maxRssBytes, answer.maxRssBytes);
        if (answer.kind === 'record') return answer.record;
        if (answer.kind === 'stopped') return undefined;
        if (answer.usage) throw new UsageError(answer.message);
        await writeFile(trace, `${answer.stack}\n`);
        onEvent({ kind: 'faulted', trial, trace });
        return fail(answer.message);
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        if (signal.aborted) return undefined;
        deaths += 1;
        if (deaths === 2) return fail(`twice, ${error.message}`);
        onEvent({ kind: 'died', trial, reason: error.message });
      }
    }
    return undefined;
  }

  return {
    run,
    yield: () => worker?.yield(),
    stop: async () => worker?.stop(),
    get maxRssBytes() {
      return maxRssBytes;
    },
  };
}
