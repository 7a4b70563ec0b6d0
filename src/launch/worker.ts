/**
 * Entry of a worker process: runs the trials that it is sent, one after another, in one process, so that the engine is
 * imported once. It never outlives its coordinator and leaves Ctrl-C, claims, retries and the store's rows to it.
 */
import { UsageError } from '../spec/usage-error.ts';
import type { Progress } from '../trial/run.ts';
import type { Assignment, Order, Report, TrialModule } from './messages.ts';

/** Milliseconds between two reports of progress; a step may take a tenth of that. */
const reportEvery = 200;

const coordinator = process.ppid;
/** Of the trial at work. */
let ending = new AbortController();

// A terminal sends Ctrl-C to the whole group; the coordinator decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  if (order.kind === 'yield') return ending.abort();
  ending = new AbortController();
  void serve(order.assignment, ending.signal);
});

async function serve({ trial, context, module }: Assignment, signal: AbortSignal): Promise<void> {
  let reported = Number.NEGATIVE_INFINITY;
  const onProgress = (progress: Progress) => {
    // Seen here as well as in `disconnect`, which waits for an event loop that a busy step may not reach.
    if (process.ppid !== coordinator) process.exit();
    const now = performance.now();
    if (now - reported < reportEvery && progress.step < progress.steps) return;
    reported = now;
    send({ kind: 'progress', progress });
  };
  try {
    const { runTrial }: TrialModule = await import(module);
    const record = await runTrial(trial, { ...context, onProgress, signal });
    send({ kind: 'record', record, maxRssBytes: maxRssBytes() });
  } catch (error) {
    // By name: this process loads the trial's code at its first assignment only.
    if (error instanceof Error && error.name === 'TrialStopped')
      return send({ kind: 'stopped', maxRssBytes: maxRssBytes() });
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    const usage = error instanceof UsageError;
    send({ kind: 'error', usage, message, stack, maxRssBytes: maxRssBytes() });
  }
}

function send(report: Report): void {
  process.send?.(report, undefined, undefined, () => {
    // A coordinator that is gone is dealt with by `disconnect`.
  });
}

function maxRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
