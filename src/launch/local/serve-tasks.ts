/**
 * Serves the tasks that a worker process is sent, one after another or as a vmap group, so that the engine is loaded once. The
 * process ends with its coordinator, and leaves Ctrl-C, claims, retries and the store's rows to it.
 */
import { UsageError } from '../../base/usage-error.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Progress, TrialContext } from '../../trial/run-trial.ts';
import { VmapGroup } from '../../trial/vmap/barrier.ts';
import { resultOf } from '../trial-result.ts';
import type { Answer, Order, Report, TaskGroup } from './messages.ts';

type RunTrial = (trial: PlannedTrial, context: TrialContext) => Promise<TrialRecord>;

/** Milliseconds between two reports of progress; a step may take a tenth of that. */
const reportEvery = 200;

const coordinator = process.ppid;

/** Serves until the coordinator is gone. @param load called for every task, so that a process that gets none loads nothing. */
export function serveTasks(load: () => Promise<RunTrial>): void {
  /** Of the trials at work. */
  let ending = new AbortController();
  // A terminal sends Ctrl-C to the whole group, a batch system SIGTERM; the coordinator decides what they mean.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  process.on('message', (order: Order) => {
    if (order.kind === 'yield') return ending.abort();
    ending = new AbortController();
    void runGroup(order.group, load, ending.signal);
  });
}

/** The trials of a vmap group wait for each other, so each is answered for as soon as it has left. */
async function runGroup(
  { tasks, vmapped, context }: TaskGroup,
  load: () => Promise<RunTrial>,
  signal: AbortSignal,
): Promise<void> {
  const group = vmapped ? new VmapGroup(tasks.length) : undefined;
  await Promise.all(
    tasks.map(async ({ trial, folder }, index) => {
      const onProgress = reporter(trial.id);
      const member = group && { group, index };
      const whole = { ...context, folder, onProgress, signal, ...(member && { member }) };
      const answer = await answerTo(trial, whole, load);
      group?.leave(index);
      send({ id: trial.id, content: answer });
    }),
  );
}

async function answerTo(trial: PlannedTrial, context: TrialContext, load: () => Promise<RunTrial>): Promise<Answer> {
  try {
    const runTrial = await load();
    const result = resultOf(await runTrial(trial, context));
    return { kind: 'result', result, maxRssBytes: maxRssBytes() };
  } catch (error) {
    // By name: this process loads the trial's code with its first task only.
    if (error instanceof Error && error.name === 'TrialStopped') return { kind: 'stopped', maxRssBytes: maxRssBytes() };
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    const usage = error instanceof UsageError;
    return { kind: 'error', usage, message, stack, maxRssBytes: maxRssBytes() };
  }
}

/** Reports a trial's progress, at most every `reportEvery`, at its last step, and where somebody watches with every glimpse. */
function reporter(id: string): (progress: Progress) => void {
  let reported = Number.NEGATIVE_INFINITY;
  return (progress) => {
    // Seen here as well as in `disconnect`, which waits for an event loop that a busy step may not reach.
    if (process.ppid !== coordinator) process.exit();
    const now = performance.now();
    if (now - reported < reportEvery && progress.step < progress.steps && !progress.glimpse) return;
    reported = now;
    send({ id, content: { kind: 'progress', progress } });
  };
}

function send(report: Report): void {
  process.send?.(report, undefined, undefined, () => {
    // `disconnect` deals with a coordinator that is gone.
  });
}

function maxRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
