/**
 * Entry of a worker process: runs the trials that it is sent, one after another or stacked, in one process, so that the engine
 * is imported once. It never outlives its coordinator and leaves Ctrl-C, claims, retries and the store's rows to it.
 */
import { UsageError } from '../../base/usage-error.ts';
import type { Progress, TrialContext } from '../../trial/run-trial.ts';
import { VmapGroup } from '../../trial/vmap/barrier.ts';
import type { Answer, Assignment, Errand, Order, Report, TrialModule } from './messages.ts';

/** Milliseconds between two reports of progress; a step may take a tenth of that. */
const reportEvery = 200;

const coordinator = process.ppid;
/** Of the trials at work. */
let ending = new AbortController();

// A terminal sends Ctrl-C to the whole group, a batch system SIGTERM; the coordinator decides what they mean.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  if (order.kind === 'yield') return ending.abort();
  ending = new AbortController();
  void serve(order.assignment, ending.signal);
});

/** The trials of a stack wait for each other, so each is heard of as soon as it has left. */
async function serve({ errands, stacked, context, module }: Assignment, signal: AbortSignal): Promise<void> {
  const group = stacked ? new VmapGroup(errands.length) : undefined;
  await Promise.all(
    errands.map(async ({ trial, folder }, index) => {
      const onProgress = reporter(trial.id);
      const member = group && { group, index };
      const whole = { ...context, folder, onProgress, signal, ...(member && { member }) };
      const answer = await answerTo(trial, whole, module);
      group?.leave(index);
      send({ id: trial.id, says: answer });
    }),
  );
}

async function answerTo(trial: Errand['trial'], context: TrialContext, module: string): Promise<Answer> {
  try {
    const { runTrial }: TrialModule = await import(module);
    const record = await runTrial(trial, context);
    return { kind: 'record', record, maxRssBytes: maxRssBytes() };
  } catch (error) {
    // By name: this process loads the trial's code at its first assignment only.
    if (error instanceof Error && error.name === 'TrialStopped') return { kind: 'stopped', maxRssBytes: maxRssBytes() };
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    const usage = error instanceof UsageError;
    return { kind: 'error', usage, message, stack, maxRssBytes: maxRssBytes() };
  }
}

/** Passes on as much of a trial's progress as is worth it. */
function reporter(id: string): (progress: Progress) => void {
  let reported = Number.NEGATIVE_INFINITY;
  return (progress) => {
    // Seen here as well as in `disconnect`, which waits for an event loop that a busy step may not reach.
    if (process.ppid !== coordinator) process.exit();
    const now = performance.now();
    if (now - reported < reportEvery && progress.step < progress.steps) return;
    reported = now;
    send({ id, says: { kind: 'progress', progress } });
  };
}

function send(report: Report): void {
  process.send?.(report, undefined, undefined, () => {
    // A coordinator that is gone is dealt with by `disconnect`.
  });
}

function maxRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
